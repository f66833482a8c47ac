-- Looks for what was planted in the arguments.
-- ends: ok
-- value: "held"
function solve(target)
  if target.planted or target.some_name_that_nobody_set or getmetatable(target) then
    return "BREACH: the arguments were left changed"
  end
  return "held"
end
