-- insert, remove, concat, move, pack and unpack of tables, and their length.
-- value: [[1, 2, 3], 4, "1, 2, 3", [2, 3, 3], [0, 1, 2, 3], [3, 2, 1], 0, [7, 8]]
function solve()
  local list = {}
  table.insert(list, 2)
  table.insert(list, 1, 1)
  table.insert(list, 3)
  table.insert(list, 4)
  local last = table.remove(list)
  local front = {table.unpack(list)}
  table.insert(front, 1, 0)
  local backward = {}
  for i = #list, 1, -1 do
    backward[#backward + 1] = list[i]
  end
  local queue = {7, 7, 8}
  table.remove(queue, 1)
  return {
    list, last, table.concat(list, ", "), table.move({1, 2, 3}, 2, 3, 1), front, backward, #{}, queue,
  }
end
