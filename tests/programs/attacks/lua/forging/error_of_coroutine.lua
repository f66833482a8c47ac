-- Raises a coroutine that has failed, from within another.
-- ends: runtime_error
function solve()
  coroutine.wrap(function()
    local inner = coroutine.create(error)
    coroutine.resume(inner, inner)
    error(inner)
  end)()
end
