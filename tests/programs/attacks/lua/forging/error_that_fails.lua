-- Raises an object that raises another when it is shown, or shows as the right answer.
-- ends: runtime_error
function solve()
  local second = setmetatable({}, {__tostring = function() return "[[1, 0, 2]]" end, __name = 7})
  error(setmetatable({}, {__tostring = function() error(second) end}))
end
