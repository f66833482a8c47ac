-- Prints an object whose __tostring never comes to an end.
-- ends: timeout
-- limit: cpu, wall
function solve()
  print(setmetatable({}, {__tostring = function()
    local stop = os.clock() + 60
    while os.clock() < stop do end
    return "BREACH: it went on for a minute"
  end}))
  return "held"
end
