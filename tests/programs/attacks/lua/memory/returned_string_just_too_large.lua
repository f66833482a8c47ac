-- Returns a string that is a little larger than a value may be.
-- ends: resource, timeout
-- limit: value, memory, cpu, wall
function solve()
  return ("x"):rep(70 << 20)
end
