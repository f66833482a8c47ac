-- Keeps many strings, each of them small.
-- ends: resource, timeout
-- limit: memory, cpu, wall
function solve()
  local kept = {}
  for i = 1, 4096 do
    kept[i] = ("x"):rep(1 << 20) .. i
  end
  return "BREACH: 4 GB were taken"
end
