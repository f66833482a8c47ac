-- Goes through a table that has a next item for ever, by __pairs.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  local endless = setmetatable({}, {__pairs = function()
    return function() return os.clock() < stop and 1 or nil end
  end})
  for _ in pairs(endless) do end
  return "BREACH: it went on for a minute"
end
