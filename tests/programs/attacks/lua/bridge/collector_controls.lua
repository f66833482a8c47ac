-- Stops and starves the garbage collector, if it may, and makes much garbage.
-- ends: ok, resource, runtime_error
function solve()
  for _, option in ipairs({"stop", "setpause", "setstepmul", "incremental", "generational", "step", "collect"}) do
    pcall(collectgarbage, option, 1000000000, 1000000000, 1000000000)
  end
  pcall(collectgarbage, "stop")
  for _ = 1, 2000 do
    local _ = ("x"):rep(1 << 16)
  end
  setmetatable({}, {__gc = function() pcall(collectgarbage) end})
  pcall(collectgarbage)
  return "held"
end
