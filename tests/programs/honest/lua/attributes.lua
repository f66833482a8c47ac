-- Variables that are constant or closed at the end of their scope.
-- value: ["opened", "used", "closed", 10]
function solve(n)
  local log = {}
  local double <const> = n * 2
  do
    local file <close> = setmetatable({}, {__close = function() log[#log + 1] = "closed" end})
    log[#log + 1] = "opened"
    log[#log + 1] = file and "used"
  end
  log[#log + 1] = double
  return log
end
