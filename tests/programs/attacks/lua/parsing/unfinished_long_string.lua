-- Ends within a long string, which would swallow whatever the sandbox writes behind it.
-- ends: syntax
function solve()
  return "held"
end
x = [[ and here
