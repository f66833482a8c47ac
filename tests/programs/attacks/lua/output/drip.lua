-- Prints a little all the time, and flushes each bit.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local stop = os.clock() + 60
  while os.clock() < stop do
    io.write(".")
    io.stdout:flush()
    local pause = os.clock() + 0.01
    while os.clock() < pause do end
  end
  return "BREACH: it went on for a minute"
end
