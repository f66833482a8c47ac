-- Takes the strings' metatable apart before returning: whoever uses a method of a string afterwards fails.
-- ends: ok
-- value: {"a\n\"b\\": "held", "list": [1, 2.5, true, "x"]}
function solve()
  local meta = getmetatable("")
  meta.__index = nil
  meta.__add = error
  meta.__concat = error
  meta.__len = error
  meta.__lt = error
  meta.__eq = error
  meta.__call = error
  meta.__gc = error
  meta.__close = error
  meta.__metatable = false
  return {['a\n"b\\'] = "held", list = {1, 2.5, true, "x"}}
end
