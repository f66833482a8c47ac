-- Raises an object whose text never comes.
-- ends: runtime_error, timeout
function solve()
  error(setmetatable({}, {__tostring = function()
    local stop = os.clock() + 60
    while os.clock() < stop do end
    return "BREACH: it went on for a minute"
  end}))
end
