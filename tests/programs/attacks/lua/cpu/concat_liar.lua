-- Joins a table that has an empty text at every index up to two billion.
-- ends: timeout, resource
-- limit: cpu, wall, memory
function solve()
  local liar = setmetatable({}, {__index = function() return "" end})
  return "BREACH: it went on for a minute " .. #table.concat(liar, "", 1, 1 << 30)
end
