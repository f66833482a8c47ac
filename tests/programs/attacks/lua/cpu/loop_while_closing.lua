-- Loops in a variable's __close, after the value to return was already chosen.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local _ <close> = setmetatable({}, {__close = function()
    local stop = os.clock() + 60
    while os.clock() < stop do end
    print("BREACH: it went on for a minute")
  end})
  return "held"
end
