-- Copies billions of items that are not there by table.move.
-- ends: timeout
-- limit: cpu, wall
function solve()
  for _ = 1, 8 do
    table.move({}, 1, 1 << 28, 2)
  end
  return "BREACH: it went on for a minute"
end
