-- Returns a list with millions of items.
-- ends: resource, timeout
-- limit: memory, value, cpu, wall
function solve()
  local list = {}
  for i = 1, 3000000 do
    list[i] = "item " .. i
  end
  return list
end
