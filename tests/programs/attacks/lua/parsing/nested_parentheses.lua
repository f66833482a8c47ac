-- Loads expressions nested a million deep: a clean error must come, no crash.
-- ends: ok
-- value: "held"
function solve()
  local deep = 1000000
  for _, pair in ipairs({
    {"return " .. ("("):rep(deep), (")"):rep(deep)}, {"return " .. ("{"):rep(deep), ("}"):rep(deep)},
    {"return " .. ("- "):rep(deep) .. "1", ""}, {"return " .. ("not "):rep(deep) .. "1", ""},
    {"return x" .. ("[x"):rep(deep), ("]"):rep(deep)}, {"f" .. ("("):rep(deep), (")"):rep(deep)},
    {"return 1" .. ("^1"):rep(deep), ""}, {"return 1" .. ("..1"):rep(deep), ""},
  }) do
    local chunk, message = load(pair[1] .. pair[2])
    if chunk or type(message) ~= "string" then
      return "loaded"
    end
  end
  return "held"
end
