-- Loops in a finalizer, which runs at any time.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop, done = os.clock() + 60, false
  setmetatable({}, {__gc = function()
    while os.clock() < stop do end
    done = true
  end})
  while not done do
    local _ = {{}}
  end
  return "BREACH: it went on for a minute"
end
