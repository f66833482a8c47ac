-- Inserts at the front of a table that claims to be long.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local liar = setmetatable({}, {__len = function() return 1 << 31 end})
  table.insert(liar, 1, 1)
  return "BREACH: it went on for a minute"
end
