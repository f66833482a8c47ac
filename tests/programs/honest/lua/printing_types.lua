-- print of all types.
-- printed: nil	true	5	5.0	-0.0	inf	1e+15	9007199254740993	text\ntable	function	thread\n\nshown\n1	2\n
function solve(n)
  print(nil, true, n, n + 0.0, -0.0, 1 / 0, 1e15, (1 << 53) + 1, "text")
  local function kind(value)
    return (tostring(value):match("^%a+"))
  end
  print(kind({}), kind(print), kind(coroutine.create(print)))
  print()
  print(setmetatable({}, {__tostring = function() return "shown" end}))
  print((function() return 1, 2 end)())
end
