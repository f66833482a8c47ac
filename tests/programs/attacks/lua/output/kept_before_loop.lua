-- Prints, and then loops: it must not pass for an answer.
-- ends: timeout
-- limit: cpu, wall
function solve()
  print("[[1, 0, 2]]")
  io.stdout:flush()
  local stop = os.clock() + 60
  while os.clock() < stop do end
  return "BREACH: it went on for a minute"
end
