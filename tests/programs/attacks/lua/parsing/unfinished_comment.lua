-- Ends within a long comment, which would swallow whatever the sandbox writes behind it.
-- ends: syntax
function solve()
  return "held"
end
--[==[ and here
