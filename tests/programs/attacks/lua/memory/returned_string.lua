-- Returns a string that is larger than any value may be.
-- ends: resource, timeout
-- limit: memory, value, cpu, wall
function solve()
  return ("x"):rep(100 << 20)
end
