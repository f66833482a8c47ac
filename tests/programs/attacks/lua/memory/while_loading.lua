-- Takes memory while it is loaded, and never defines a function.
-- ends: resource
-- limit: memory
local kept = {}
for i = 1, 32 do
  kept[i] = ("x"):rep(1 << 27)
end
function solve()
  return "BREACH: 4 GB were taken"
end
