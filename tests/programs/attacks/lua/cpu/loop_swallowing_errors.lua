-- Loops in pcall and xpcall, catching whatever would end it.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  while os.clock() < stop do
    pcall(function()
      while os.clock() < stop do
        xpcall(error, function() while os.clock() < stop do end end)
      end
    end)
  end
  return "BREACH: it went on for a minute"
end
