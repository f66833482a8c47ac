-- Returns a table that is a key of itself.
-- ends: bad_return
function solve()
  local value = {}
  value[value] = value
  return value
end
