-- Loads numbers of a million digits, endless exponents, long strings and long brackets of many levels.
-- ends: ok
-- value: "held"
function solve()
  local many = 1000000
  for _, text in ipairs({
    ("9"):rep(many), "0x" .. ("f"):rep(many), "1e" .. ("9"):rep(many), "0x1p" .. ("9"):rep(many), "." .. ("0"):rep(many) .. "1",
    '"' .. ("x"):rep(many) .. '"', "[" .. ("="):rep(many) .. "[x]" .. ("="):rep(many) .. "]", "'\\z" .. (" "):rep(many) .. "'",
    "1e-" .. ("9"):rep(many), "0x." .. ("0"):rep(many) .. "1p1", ("x"):rep(many), "1" .. ("."):rep(many),
  }) do
    local chunk = load("return " .. text)
    if chunk then
      pcall(chunk)
    end
    pcall(tonumber, text)
    pcall(tonumber, text, 36)
    pcall(math.tointeger, text)
  end
  return "held"
end
