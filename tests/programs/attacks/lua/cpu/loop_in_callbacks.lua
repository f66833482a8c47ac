-- Loops in functions that C functions call back.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  local function loop()
    while os.clock() < stop do end
  end
  table.sort({3, 2, 1}, function()
    string.gsub("a", "a", loop)
  end)
  return "BREACH: it went on for a minute"
end
