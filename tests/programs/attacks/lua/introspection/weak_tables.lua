-- Catches what others leave in weak tables and by finalizers of objects that are not its own.
function solve()
  local weak = setmetatable({}, {__mode = "kv"})
  local meta = getmetatable("")
  meta.__gc = function(object) weak[#weak + 1] = object end
  meta.__mode = "k"
  for _ = 1, 100000 do
    local _ = {}
  end
  for _, object in pairs(weak) do
    if type(object) == "userdata" then
      return "BREACH: " .. tostring(object)
    end
  end
  return "held"
end
