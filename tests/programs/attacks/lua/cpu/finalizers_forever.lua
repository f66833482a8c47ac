-- Makes a new finalizer in every finalizer, and collects all the time.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  local function again()
    if os.clock() < stop then
      setmetatable({}, {__gc = again})
    end
  end
  again()
  while os.clock() < stop do
    local _ = {{}}
  end
  return "BREACH: it went on for a minute"
end
