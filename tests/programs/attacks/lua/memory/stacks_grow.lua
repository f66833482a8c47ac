-- Fills the stacks of many coroutines with arguments.
-- ends: resource, timeout, runtime_error
function solve()
  local items, kept = table.pack(("x"):rep(200000):byte(1, 200000)), {}
  for i = 1, 1000 do
    kept[i] = coroutine.create(function(...)
      coroutine.yield()
      return ...
    end)
    assert(coroutine.resume(kept[i], table.unpack(items)))
  end
  return "BREACH: 3 GB were taken"
end
