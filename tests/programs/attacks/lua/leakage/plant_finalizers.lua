-- Leaves finalizers and suspended coroutines, which might run in the next program.
-- pair: look_for_finalizers
function solve()
  kept = {}
  for i = 1, 100 do
    kept[i] = setmetatable({}, {__gc = function() print("PLANTED") end})
    kept[-i] = coroutine.wrap(function()
      local _ <close> = setmetatable({}, {__close = function() print("PLANTED") end})
      coroutine.yield()
    end)
    kept[-i]()
  end
  return "held"
end
