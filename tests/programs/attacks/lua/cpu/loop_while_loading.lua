-- Loops while it is loaded.
-- ends: timeout
-- limit: cpu, wall
local stop = os.clock() + 60
while os.clock() < stop do end

function solve()
  return "BREACH: it went on for a minute"
end
