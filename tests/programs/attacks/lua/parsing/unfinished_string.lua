-- Ends within a string.
-- ends: syntax
function solve()
  return "held
