-- A shortest solution by breadth-first search over counts: which pair is where does not matter, only how many are.
--
-- A situation counts the pairs by where actor and agent are: {both left, only the actor left, only the agent left,
-- both right}, with the side of the boat. Names are given to the crossings of the shortest path afterwards.

-- No actor without his agent is on a bank where there is an agent.
local function safe(s)
  local agents_on_left, agents_on_right = s[1] + s[3], s[4] + s[2]
  return not (s[2] > 0 and agents_on_left > 0) and not (s[3] > 0 and agents_on_right > 0)
end

local function key(s)
  return table.concat(s, ",", 1, 4) .. (s.left and "<" or ">")
end

-- Seen from the boat's bank both directions are the same.
local function mirrored(s)
  return {s[4], s[3], s[2], s[1], left = not s.left}
end

-- Calls visit(load, after) for every crossing; a load is how many to take of: whole pairs, actors of pairs, agents of
-- pairs, lone actors, lone agents.
local function each_crossing(s, capacity, visit)
  local here = s.left and s or mirrored(s)
  for pairs = 0, math.min(here[1], capacity // 2) do
    for actors = 0, math.min(here[1] - pairs, capacity - 2 * pairs) do
      local room = capacity - 2 * pairs - actors
      for agents = 0, math.min(here[1] - pairs - actors, room) do
        for a = 0, math.min(here[2], room - agents) do
          for b = 0, math.min(here[3], room - agents - a) do
            if pairs + actors + agents + a + b > 0 then
              local after = {
                here[1] - pairs - actors - agents,
                here[2] - a + agents,
                here[3] - b + actors,
                here[4] + pairs + a + b,
                left = false,
              }
              visit({pairs, actors, agents, a, b}, s.left and after or mirrored(after))
            end
          end
        end
      end
    end
  end
end

-- The loads of a shortest solution, or nil.
local function shortest(first, goal, capacity)
  local came_from = {[key(first)] = {}}
  local queue, head = {first}, 1
  while queue[head] do
    local s = queue[head]
    head = head + 1
    if key(s) == goal then
      local path, at = {}, came_from[goal]
      while at.load do
        table.insert(path, 1, at.load)
        at = came_from[at.from]
      end
      return path
    end
    each_crossing(s, capacity, function(load, after)
      if safe(after) and not came_from[key(after)] then
        came_from[key(after)] = {from = key(s), load = load}
        queue[#queue + 1] = after
      end
    end)
  end
end

function solve(pair_count, capacity, actors, agents, banks, left, boat)
  local is_left = {}
  for _, name in ipairs(left) do
    is_left[name] = true
  end
  local first = {0, 0, 0, 0, left = boat == banks[1]}
  local actor_left, agent_left, boat_left = {}, {}, first.left
  for i = 1, pair_count do
    actor_left[i], agent_left[i] = is_left[actors[i]] or false, is_left[agents[i]] or false
    local situation = (actor_left[i] and 1 or 3) + (agent_left[i] and 0 or 1)
    first[situation] = first[situation] + 1
  end
  local path = shortest(first, key({0, 0, 0, pair_count, left = false}), capacity)
  if not path then
    return "impossible"
  end
  local crossings = {}
  for _, load in ipairs(path) do
    local whole, some_actors, some_agents, lone_actors, lone_agents = table.unpack(load)
    local boat = {}
    local function take(side, names, i)
      side[i] = not side[i]
      boat[#boat + 1] = names[i]
    end
    for i = 1, pair_count do
      local actor_here, agent_here = actor_left[i] == boat_left, agent_left[i] == boat_left
      if actor_here and agent_here then
        if whole > 0 then
          whole = whole - 1
          take(actor_left, actors, i)
          take(agent_left, agents, i)
        elseif some_actors > 0 then
          some_actors = some_actors - 1
          take(actor_left, actors, i)
        elseif some_agents > 0 then
          some_agents = some_agents - 1
          take(agent_left, agents, i)
        end
      elseif actor_here and lone_actors > 0 then
        lone_actors = lone_actors - 1
        take(actor_left, actors, i)
      elseif agent_here and lone_agents > 0 then
        lone_agents = lone_agents - 1
        take(agent_left, agents, i)
      end
    end
    crossings[#crossings + 1] = boat
    boat_left = not boat_left
  end
  return crossings
end
