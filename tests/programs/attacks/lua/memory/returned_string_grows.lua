-- Returns a string that grows sixfold when it is written down.
-- ends: resource, timeout
-- limit: memory, value, cpu, wall
function solve()
  return ("\1"):rep(60 << 20)
end
