-- Loads blocks and functions nested a hundred thousand deep.
-- ends: ok
-- value: "held"
function solve()
  local deep = 100000
  for start, stop in pairs({
    ["do "] = " end", ["while x do "] = " end", ["if x then "] = " end", ["for i = 1, 2 do "] = " end",
    ["repeat "] = " until x", ["function f() "] = " end", ["return function() "] = " end", ["f(function() "] = " end)",
  }) do
    if load(start:rep(deep) .. stop:rep(deep)) then
      return "loaded"
    end
  end
  return "held"
end
