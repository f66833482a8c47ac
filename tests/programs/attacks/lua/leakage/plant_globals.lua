-- Plants globals and a metatable of the table of globals.
-- pair: look_for_globals
function solve()
  planted = "PLANTED"
  _G.PLANTED = function() return "PLANTED" end
  setmetatable(_G, {__index = function() return "PLANTED" end})
  return "held"
end
