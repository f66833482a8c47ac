-- Recurses without end and keeps something at each level.
-- ends: runtime_error, resource
local function deeper(text)
  return #deeper(text .. "x") + 1
end

function solve()
  return deeper("x")
end
