-- String patterns: captures, gmatch, gsub with functions and tables, balanced and frontier matches.
-- value: {"pairs": {"a": "1", "b": "22"}, "trimmed": "x y", "words": ["the", "quick", "fox"], "vars": "Bob is 5", "balanced": "(a(b)c)", "caps": "THE (quick) FOX", "date": [2024, 2, 29], "count": 3, "position": 4, "split": ["1", "", "2"], "plain": 2}
local function split(text, separator)
  local parts = {}
  for part in (text .. separator):gmatch("(.-)" .. separator:gsub("%p", "%%%0")) do
    parts[#parts + 1] = part
  end
  return parts
end

function solve(n)
  local pairs_found, words = {}, {}
  for key, value in ("a=1, b=22"):gmatch("(%w+)=(%w+)") do
    pairs_found[key] = value
  end
  for word in ("the quick fox"):gmatch("%a+") do
    words[#words + 1] = word
  end
  local year, month, day = ("2024-02-29"):match("^(%d+)-(%d+)-(%d+)$")
  local _, count = ("banana"):gsub("a", "o")
  return {
    pairs = pairs_found,
    trimmed = ("  x y "):match("^%s*(.-)%s*$"),
    words = words,
    vars = ("$name is $age"):gsub("%$(%w+)", {name = "Bob", age = n}),
    balanced = ("f(a(b)c)d"):match("%b()"),
    caps = ("the (quick) fox"):gsub("%f[%w]%l+%f[%W]", function(w) return w ~= "quick" and w:upper() or nil end),
    date = {tonumber(year), tonumber(month), tonumber(day)},
    count = count,
    position = ("abcd"):find("()d"),
    split = split("1,,2", ","),
    plain = ("a.b"):find(".", 1, true),
  }
end
