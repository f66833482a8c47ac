-- Lets a table grow by keys that double its hash.
-- ends: resource, timeout
-- limit: memory, cpu, wall
function solve()
  local kept = {}
  for i = 1, 1 << 27 do
    kept[i + 0.5] = true
  end
  return "BREACH: 4 GB were taken"
end
