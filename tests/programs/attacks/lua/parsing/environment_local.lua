-- Makes _ENV a local variable of the whole program, so that what is written behind it sees no globals.
-- ends: ok, entry_point
-- never: BREACH
local globals = _ENV
local _ENV = globals.setmetatable({}, {__index = function(_, name)
  return function() return "BREACH by " .. name end
end})
globals.solve = function() return "held" end
