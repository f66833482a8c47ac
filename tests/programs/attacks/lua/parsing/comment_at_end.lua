-- Ends in a comment without a line's end, and a return before it.
-- ends: ok
-- value: "held"
local M = {}
function M.solve()
  return "held"
end
solve = M.solve
return M -- and a comment
