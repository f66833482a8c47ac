-- Returns a table a million levels deep.
-- ends: bad_return
function solve()
  local value = {}
  for _ = 1, 1000000 do
    value = {value}
  end
  return value
end
