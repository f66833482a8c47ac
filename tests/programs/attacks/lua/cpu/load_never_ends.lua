-- Loads from a reader that always has more, all of it white space.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  load(function()
    return os.clock() < stop and (" "):rep(1 << 16) or nil
  end)
  return "BREACH: it went on for a minute"
end
