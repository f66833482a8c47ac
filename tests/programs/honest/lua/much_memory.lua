-- A table with a million items, and another with a hundred thousand tables.
-- value: [1000000, 100000, 500000500000]
-- seconds: 3
function solve()
  local numbers, tables, sum = {}, {}, 0
  for i = 1, 1000000 do
    numbers[i] = i
  end
  for i = 1, 100000 do
    tables[i] = {i, name = "item " .. i}
  end
  for _, number in ipairs(numbers) do
    sum = sum + number
  end
  return {#numbers, #tables, sum}
end
