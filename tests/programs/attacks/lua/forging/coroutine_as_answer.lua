-- Is called as a coroutine's function, which never returns but is closed with the right answer.
-- ends: runtime_error, bad_return
solve = coroutine.wrap(function()
  coroutine.yield(print)
  return {{1, 0, 2}}
end)
