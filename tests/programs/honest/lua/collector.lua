-- Asks for memory in use, and collects.
-- value: ["number", 0, true]
function solve()
  local before = collectgarbage("count")
  local waste = {}
  for i = 1, 1000 do
    waste[i] = {i}
  end
  waste = nil
  return {type(before), collectgarbage(), collectgarbage("count") >= 0}
end
