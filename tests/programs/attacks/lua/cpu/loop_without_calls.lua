-- Loops without calling anything, so that nothing of the interpreter's could interrupt it.
-- ends: timeout
-- limit: cpu, wall
function solve()
  for _ = 1, 12000000000 do end
  return "BREACH: it went on for a minute"
end
