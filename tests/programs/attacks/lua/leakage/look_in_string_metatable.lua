-- Looks for what was planted in the strings' metatable.
-- ends: ok
-- value: "held"
function solve()
  local meta = getmetatable("")
  if meta.planted or meta.__call or meta.__index ~= string or pcall(function() return "a" + 1 end) then
    return "BREACH: the strings' metatable was left changed"
  end
  return "held"
end
