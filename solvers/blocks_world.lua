-- Builds the goal from the bottom, one block after another, each time where the fewest blocks are in the way.

function solve(start, goal, heights)
  local stacks, level, moves = {}, {}, {}
  for s = 1, 3 do
    stacks[s] = table.move(start[s], 1, #start[s], 1, {})
    for i, block in ipairs(goal[s]) do
      level[block] = i
    end
  end

  local function move(source, target, count)
    for _ = 1, count or 1 do
      local block = table.remove(stacks[source])
      table.insert(stacks[target], block)
      moves[#moves + 1] = {block, source - 1, target - 1}
    end
  end

  local function room(s)
    return heights[s] - #stacks[s]
  end

  -- How many of the lowest blocks are as in the goal.
  local function built(s)
    local count = 0
    while count < #stacks[s] and stacks[s][count + 1] == goal[s][count + 1] do
      count = count + 1
    end
    return count
  end

  -- How many blocks stand on those.
  local function waiting(s)
    return #stacks[s] - built(s)
  end

  -- The stack on which a block is, and how many blocks stand on it.
  local function find(block)
    for s = 1, 3 do
      for i, other in ipairs(stacks[s]) do
        if other == block then
          return s, #stacks[s] - i
        end
      end
    end
  end

  -- How many blocks must be moved before the next block of stack s can come to stay.
  local function in_the_way(s)
    local at, above = find(goal[s][built(s) + 1])
    if at == s then
      return 2 * waiting(s) - 1 - above
    end
    return waiting(s) + above
  end

  -- Moves some blocks out of the way; by the spare stack if most of them are needed from the top downwards.
  local function carry(count, source, target, spare)
    local from, kept = stacks[source], 0
    for i = #from - count + 1, #from - 1 do
      if level[from[i]] > level[from[i + 1]] then
        kept = kept + 1
      end
    end
    if 2 * kept >= count and count > 1 and room(spare) >= count - 1 and room(target) >= count then
      move(source, spare, count - 1)
      move(source, target)
      move(spare, target, count - 1)
      return
    end
    for _ = 1, count do
      move(source, room(target) > 0 and target or spare)
    end
  end

  -- The stack to build on next, or nil. The topmost place of a stack is filled last of all: until then, blocks may
  -- have to wait there.
  local function next_stack()
    local best, best_cost
    for s = 1, 3 do
      if built(s) < #goal[s] then
        local cost = in_the_way(s) + (heights[s] - built(s) == 1 and 1e6 or 0)
        if not best or cost < best_cost then
          best, best_cost = s, cost
        end
      end
    end
    return best
  end

  -- With few free places, blocks deep down can never be moved.
  local free = room(1) + room(2) + room(3)
  for s = 1, 3 do
    if built(s) < heights[s] - free then
      return "impossible"
    end
  end
  local s = next_stack()
  while s do
    local block = goal[s][built(s) + 1]
    local at = find(block)
    local other = at ~= s and 6 - s - at or s % 3 + 1
    carry(waiting(s), s, other, 6 - s - other)
    local above
    at, above = find(block)
    other = 6 - s - at
    carry(above, at, other, s)
    if waiting(s) > 0 then
      -- The other stack is full: the block waits there, in place of its topmost one.
      move(other, s)
      move(at, other)
      move(s, at, waiting(s))
      at = other
    end
    move(at, s)
    s = next_stack()
  end
  return moves
end
