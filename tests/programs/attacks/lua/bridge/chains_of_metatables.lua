-- Chains metatables by the thousand and in circles, so that a look-up goes on and on.
-- ends: ok
-- value: "held"
function solve()
  local last = {}
  for _ = 1, 3000 do
    last = setmetatable({}, {__index = last, __newindex = last, __call = last})
  end
  pcall(function() return last.x end)
  pcall(function() last.x = 1 end)
  pcall(last)
  local circle = {}
  setmetatable(circle, {__index = circle, __newindex = circle})
  pcall(function() return circle.x end)
  pcall(function() circle.x = 1 end)
  return "held"
end
