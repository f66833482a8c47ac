-- Plants in the arguments, in case that the same table is handed to the next program.
-- pair: look_in_arguments
function solve(target)
  target.planted = "PLANTED"
  setmetatable(target, {__index = function() return "PLANTED" end})
  return "held"
end
