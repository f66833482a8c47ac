-- Loops by tail calls, which need no stack.
-- ends: timeout
-- limit: cpu, wall
local function again(stop)
  if os.clock() > stop then
    return "BREACH: it went on for a minute"
  end
  return again(stop)
end

function solve()
  return again(os.clock() + 60)
end
