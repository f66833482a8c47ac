-- Yields out of the called function itself, so that it would be left half done.
-- ends: runtime_error, bad_return
function solve()
  coroutine.yield({{1, 0, 2}})
  return "BREACH: the main coroutine yields"
end
