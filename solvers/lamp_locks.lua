-- Where every guard names only lamps that come before its own in some order, no search is needed: to switch a lamp,
-- bring those before it to what its guard needs. Otherwise, a breadth-first search over all states.

local function set(list)
  local has = {}
  for _, one in ipairs(list) do has[one] = true end
  return has
end

-- The lamps, each after all those that its guard names; nil when there is no such order.
local function in_order(guards, needs)
  local order, placed = {}, {}
  while #order < #guards do
    local before = #order
    for _, guard in ipairs(guards) do
      local free = not placed[guard[1]]
      for other in pairs(needs[guard[1]]) do free = free and placed[other] end
      if free then
        placed[guard[1]] = true
        order[#order + 1] = guard[1]
      end
    end
    if #order == before then return nil end
  end
  return order
end

local function descend(needs, order, lit, goal)
  local is_on, wanted, moves = {}, {}, {}
  for _, lamp in ipairs(order) do
    is_on[lamp] = lit[lamp] or false
    wanted[lamp] = goal[lamp] or false
  end

  -- Brings those of the first `count` lamps that are in `target` to what it says, the last one first.
  local function bring(target, count)
    for place = count, 1, -1 do
      local lamp = order[place]
      if target[lamp] ~= nil and is_on[lamp] ~= target[lamp] then
        bring(needs[lamp], place - 1)
        is_on[lamp] = not is_on[lamp]
        moves[#moves + 1] = lamp
      end
    end
  end

  bring(wanted, #order)
  return moves
end

local function search(guards, lit, goal)
  local bit, on, off = {}, {}, {}
  for i, guard in ipairs(guards) do bit[guard[1]] = 1 << (i - 1) end

  local function bits(lamps)
    local sum = 0
    for _, lamp in ipairs(lamps) do sum = sum | bit[lamp] end
    return sum
  end

  for i, guard in ipairs(guards) do on[i], off[i] = bits(guard[2]), bits(guard[3]) end
  local first, last = bits(lit), bits(goal)
  local before, switched, queue, head = {[first] = first}, {}, {first}, 1
  while queue[head] and queue[head] ~= last do
    local state = queue[head]
    head = head + 1
    for i = 1, #guards do
      local after = state ~ (1 << (i - 1))
      if state & on[i] == on[i] and state & off[i] == 0 and not before[after] then
        before[after], switched[after] = state, guards[i][1]
        queue[#queue + 1] = after
      end
    end
  end
  if not before[last] then return "impossible" end
  local back, moves = {}, {}
  while last ~= first do
    back[#back + 1] = switched[last]
    last = before[last]
  end
  for i = #back, 1, -1 do moves[#moves + 1] = back[i] end
  return moves
end

function solve(guards, lit, goal)
  local needs = {}
  for _, guard in ipairs(guards) do
    local need = {}
    for _, other in ipairs(guard[2]) do need[other] = true end
    for _, other in ipairs(guard[3]) do need[other] = false end
    needs[guard[1]] = need
  end
  local order = in_order(guards, needs)
  if order then return descend(needs, order, set(lit), set(goal)) end
  return search(guards, lit, goal)
end
