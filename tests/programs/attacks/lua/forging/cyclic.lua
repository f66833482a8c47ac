-- Returns a table that contains itself.
-- ends: bad_return
function solve()
  local value = {1, 0, 2}
  value[4] = value
  return value
end
