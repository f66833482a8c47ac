-- Returns a small table that is exponentially large when it is written down.
-- ends: resource, timeout, bad_return
function solve()
  local value = {1, 0, 2}
  for _ = 1, 60 do
    value = {value, value}
  end
  return value
end
