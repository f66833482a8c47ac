-- Loads texts that are broken in every way: each gives a message that is a text.
-- ends: ok
-- value: "held"
local texts = {
  "x =", "x = = 1", "return return", "function", "function f(", "local function", "if", "if x then", "else", "end", "until",
  "for", "for i", "for i =", "for i = 1", "for in x do end", "while", "repeat", "break", "goto", "goto nowhere", "::", "::a",
  "::a:: ::a::", "do local x goto y local z ::y:: print(z) end", "local x <unknown> = 1", "local x <const> = 1 x = 2",
  "local x <close>, y <close> = nil, nil", "local x <", "function f() return ... end", "f(", "f{", "x[", "x.", "x:", "x:y",
  "'", '"', "'\n'", "'\\", "'\\x", "'\\xg0'", "'\\u{", "'\\u{80000000}'", "'\\u{110000'", "'\\300'", "'\\q'", "[[", "[=[", "[=",
  "--[[", "--[==[", "0x", "1e", "1..2", "0b1", "1_000", "@", "$", "!", "`", "?", "\\", "~", "a ~ = b", "a != b", "x += 1", "x++",
  "continue", "local 1", "nil = 1", "true = 1", "f() = 1", "(x) = 1", "1 = x", "...", "... = 1", "return 1 2", "\27", "\27Lua",
  "\0", "x\0y", "\xff", "é = 1", "\xEF\xBB\xBFreturn 1", "\xEF\xBBreturn 1", "#!", "#!/usr/bin/lua\nreturn 1", "\r\n\r", "\n\r x y",
  "return function() goto out end ::out::", "local _ENV = nil x = 1", "local a <const>, b <close> = 1", "for i <const> = 1, 2 do end",
}

function solve()
  for _, text in ipairs(texts) do
    local chunk, message = load(text, ("="):rep(200) .. text)
    if not chunk and type(message) ~= "string" then
      return "no message for " .. text
    end
    if chunk then
      pcall(chunk)
    end
    for at = 1, #text do
      load(text:sub(1, at))
    end
  end
  return "held"
end
