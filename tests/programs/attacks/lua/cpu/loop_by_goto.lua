-- Loops by goto.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local left = 5000000000
  ::again::
  left = left - 1
  if left > 0 then
    goto again
  end
  return "BREACH: it went on for a minute"
end
