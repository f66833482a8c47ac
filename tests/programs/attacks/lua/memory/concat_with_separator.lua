-- Joins a few items with a huge separator.
-- ends: resource
-- limit: memory
function solve()
  local items = {}
  for i = 1, 129 do
    items[i] = ""
  end
  return "BREACH: " .. #table.concat(items, ("x"):rep(1 << 25)) .. " bytes were taken"
end
