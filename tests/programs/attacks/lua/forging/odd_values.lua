-- Returns a function, a coroutine, and tables with such keys and values.
-- ends: bad_return
function solve()
  return {print, coroutine.create(print), {[print] = 1}, {[true] = 1}, {{}, {[{}] = 2}}}
end
