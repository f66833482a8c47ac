-- A breadth-first search over all rows that can be reached. A row is a string with one byte for each token.

function solve(operations, row, goal)
  local number = {}
  for i, token in ipairs(row) do number[token] = i end

  local function as_string(tokens)
    local bytes = {}
    for i, token in ipairs(tokens) do bytes[i] = string.char(number[token]) end
    return table.concat(bytes)
  end

  local function apply(to, now)
    local after = {}
    for place = 1, #to do after[to[place]] = now:sub(place, place) end
    return table.concat(after)
  end

  local first, last = as_string(row), as_string(goal)
  local before, by, queue, head = {[first] = first}, {}, {first}, 1
  while queue[head] and not before[last] do
    local now = queue[head]
    head = head + 1
    for _, operation in ipairs(operations) do
      local after = apply(operation[2], now)
      if not before[after] then
        before[after], by[after] = now, operation[1]
        queue[#queue + 1] = after
      end
    end
  end
  if not before[last] then return "impossible" end
  local back, moves = {}, {}
  while last ~= first do
    back[#back + 1] = by[last]
    last = before[last]
  end
  for i = #back, 1, -1 do moves[#moves + 1] = back[i] end
  return moves
end
