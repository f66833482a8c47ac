-- Depth first; positions in which pieces lock others in for ever are not entered.

function solve(start, goal, moves_right, moves_left, empty)
  local kinds = {[moves_right] = ">", [moves_left] = "<", [empty] = "."}
  local colours = {[">"] = moves_right, ["<"] = moves_left}

  local function row_of(cells)
    local kinds_of = {}
    for i, cell in ipairs(cells) do
      kinds_of[i] = kinds[cell]
    end
    return table.concat(kinds_of)
  end

  local function locked(row)
    local left, right = row:match("^<*([<>]*)%.(.*)$")
    right = right:match("^(.-)>*$")
    return left:find("<<", 1, true) or right:find(">>", 1, true)
  end

  -- The row after the piece at `source` has moved into the gap; places count from 1 here.
  local function moved(row, source, gap)
    local first, last = math.min(source, gap), math.max(source, gap)
    return row:sub(1, first - 1) .. row:sub(last, last) .. row:sub(first + 1, last - 1)
      .. row:sub(first, first) .. row:sub(last + 1)
  end

  local home = row_of(goal)
  local ahead = {row_of(start)}
  local came_from = {[ahead[1]] = {}}
  while #ahead > 0 do
    local row = table.remove(ahead)
    if row == home then
      local moves = {}
      while came_from[row].move do
        table.insert(moves, 1, came_from[row].move)
        row = came_from[row].row
      end
      return moves
    end
    local gap = row:find(".", 1, true)
    local sources = {}
    if row:sub(gap - 1, gap - 1) == ">" then
      sources[#sources + 1] = gap - 1
    elseif gap > 2 and row:sub(gap - 2, gap - 1) == "><" then
      sources[#sources + 1] = gap - 2
    end
    if row:sub(gap + 1, gap + 1) == "<" then
      sources[#sources + 1] = gap + 1
    elseif row:sub(gap + 1, gap + 2) == "><" then
      sources[#sources + 1] = gap + 2
    end
    for _, source in ipairs(sources) do
      local after = moved(row, source, gap)
      if not came_from[after] and not locked(after) then
        came_from[after] = {move = {colours[row:sub(source, source)], source - 1, gap - 1}, row = row}
        ahead[#ahead + 1] = after
      end
    end
  end
  return "impossible"
end
