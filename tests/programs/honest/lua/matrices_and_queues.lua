-- Grids of rows, copies by value, a stack, a queue, and a set.
-- value: [[[1, 4], [2, 5], [3, 6]], [3, 2, 1], [1, 2, 3], 3, [[0, 0], [0, 1]]]
local function transposed(grid)
  local result = {}
  for row, values in ipairs(grid) do
    for column, value in ipairs(values) do
      result[column] = result[column] or {}
      result[column][row] = value
    end
  end
  return result
end

local function copied(value)
  if type(value) ~= "table" then
    return value
  end
  local copy = {}
  for key, part in pairs(value) do
    copy[copied(key)] = copied(part)
  end
  return setmetatable(copy, getmetatable(value))
end

function solve()
  local stack, popped = {1, 2, 3}, {}
  while #stack > 0 do
    popped[#popped + 1] = table.remove(stack)
  end
  local queue, taken = {first = 1, last = 3, 1, 2, 3}, {}
  while queue.first <= queue.last do
    taken[#taken + 1] = queue[queue.first]
    queue[queue.first] = nil
    queue.first = queue.first + 1
  end
  local set, size = {}, 0
  for _, item in ipairs({"a", "b", "a", "c"}) do
    set[item] = true
  end
  for _ in pairs(set) do
    size = size + 1
  end
  local grid = {{0, 0}, {0, 0}}
  local changed = copied(grid)
  changed[2][2] = 1
  return {transposed({{1, 2, 3}, {4, 5, 6}}), popped, taken, size, changed}
end
