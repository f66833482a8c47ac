-- Writes one string that is larger than all that may be printed.
-- ends: resource
-- limit: output, memory
function solve()
  io.write(("x"):rep(100 << 20))
  return "BREACH: 100 MB were printed"
end
