-- Returns numbers that JSON does not know.
-- ends: bad_return
function solve()
  return {0 / 0, -(0 / 0), 1 / 0, -1 / 0}
end
