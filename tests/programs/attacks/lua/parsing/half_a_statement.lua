-- Ends in half a statement, which whatever the sandbox writes behind it would complete.
-- ends: syntax
function solve()
  return "held"
end
solve =
