-- A breadth-first search with texts as keys, and a queue in a table: a fox, a goose and a bag of beans cross a river.
-- value: ["goose", "", "fox", "goose", "beans", "", "goose"]
local ITEMS = {"fox", "goose", "beans"}

local function key(state)
  return table.concat({state.boat, state.fox, state.goose, state.beans}, ",")
end

local function safe(state)
  return state.goose == state.boat or (state.goose ~= state.fox and state.goose ~= state.beans)
end

function solve()
  local start = {boat = 0, fox = 0, goose = 0, beans = 0}
  local queue, head, seen = {{start, {}}}, 1, {[key(start)] = true}
  while head <= #queue do
    local state, path = queue[head][1], queue[head][2]
    head = head + 1
    if key(state) == "1,1,1,1" then
      return path
    end
    for _, item in ipairs({"", table.unpack(ITEMS)}) do
      if item == "" or state[item] == state.boat then
        local new, longer = {}, {table.unpack(path)}
        for name, side in pairs(state) do
          new[name] = side
        end
        new.boat = 1 - state.boat
        if item ~= "" then
          new[item] = new.boat
        end
        longer[#longer + 1] = item
        if safe(new) and not seen[key(new)] then
          seen[key(new)] = true
          queue[#queue + 1] = {new, longer}
        end
      end
    end
  end
end
