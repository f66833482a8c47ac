-- Keeps many suspended coroutines, each with a stack.
-- ends: resource, timeout
-- limit: memory, cpu, wall
function solve()
  local kept = {}
  for i = 1, 1 << 21 do
    kept[i] = coroutine.wrap(function(...)
      coroutine.yield(...)
    end)
    kept[i](i, i, i)
  end
  return "BREACH: 2 GB were taken"
end
