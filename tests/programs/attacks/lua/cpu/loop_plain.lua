-- Loops for a minute.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  while os.clock() < stop do end
  return "BREACH: it went on for a minute"
end
