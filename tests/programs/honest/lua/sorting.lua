-- table.sort with and without a comparator, of texts, tables, and a thousand numbers.
-- value: [[1, 2, 3], ["c", "b", "a"], ["Ann", "Bob", "Cid"], true]
function solve()
  local numbers, letters = {3, 1, 2}, {"a", "c", "b"}
  table.sort(numbers)
  table.sort(letters, function(a, b) return a > b end)
  local people = {{name = "Cid", age = 30}, {name = "Bob", age = 20}, {name = "Ann", age = 20}}
  table.sort(people, function(a, b)
    if a.age ~= b.age then
      return a.age < b.age
    end
    return a.name < b.name
  end)
  local names = {}
  for i, person in ipairs(people) do
    names[i] = person.name
  end
  local many, ordered = {}, true
  for i = 1, 1000 do
    many[i] = i * 7919 % 1009
  end
  table.sort(many)
  for i = 2, #many do
    ordered = ordered and many[i - 1] <= many[i]
  end
  return {numbers, letters, names, ordered}
end
