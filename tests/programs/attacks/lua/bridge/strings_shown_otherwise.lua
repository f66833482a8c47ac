-- Gives strings a __tostring, which the real tostring obeys: keys of the returned table then are something else.
-- ends: ok, bad_return, runtime_error
-- never: "forged"
function solve()
  local meta = getmetatable("")
  meta.__name = "forged"
  meta.__tostring = function() return 'x": 1}\n"forged"' end
  local result = {}
  result["a"] = {1, 0, 2}
  result["b"] = "text"
  return result
end
