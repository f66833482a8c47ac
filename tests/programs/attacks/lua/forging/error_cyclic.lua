-- Raises a table that contains itself, and is its own metatable.
-- ends: runtime_error
function solve()
  local problem = {}
  problem.problem = problem
  problem.__index = problem
  error(setmetatable(problem, problem))
end
