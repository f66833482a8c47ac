-- Lets a table grow without end.
-- ends: resource, timeout
-- limit: memory, cpu, wall
function solve()
  local kept = {}
  for i = 1, 1 << 28 do
    kept[i] = i
  end
  return "BREACH: 4 GB were taken"
end
