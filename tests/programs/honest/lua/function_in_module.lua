-- The program returns a module that has the function.
-- value: 10
local M = {}

function M.double(x)
  return x * 2
end

function M.solve(n)
  return M.double(n)
end

return M
