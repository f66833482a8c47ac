-- Matches a pattern that goes back and forth for minutes, within one call of C.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local text = ("a"):rep(1500)
  return "BREACH: it went on for a minute " .. tostring(text:find(("a-"):rep(4) .. "b"))
end
