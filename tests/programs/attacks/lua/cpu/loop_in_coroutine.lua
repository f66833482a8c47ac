-- Loops in a coroutine, for which a hook set in the main one would not count.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  coroutine.wrap(function()
    while os.clock() < stop do
      coroutine.wrap(function()
        while os.clock() < stop do end
      end)()
    end
  end)()
  return "BREACH: it went on for a minute"
end
