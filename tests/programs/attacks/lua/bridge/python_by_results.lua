-- Returns what lupa turns into objects of Python that call back: functions, coroutines, tables with methods of Python.
-- ends: bad_return
function solve()
  local named = {}
  for _, name in ipairs({"__class__", "__reduce__", "__getitem__", "__iter__", "__len__", "__del__", "keys", "items"}) do
    named[name] = function() return {{1, 0, 2}} end
  end
  named.thread = coroutine.create(function() return 1 end)
  return named
end
