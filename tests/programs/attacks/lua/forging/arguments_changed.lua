-- Changes the arguments, and returns nothing.
-- ends: ok, bad_return
function solve(target)
  for name in pairs(target) do
    target[name] = {{1, 0, 2}}
  end
  setmetatable(target, {__index = function() return {{1, 0, 2}} end})
end
