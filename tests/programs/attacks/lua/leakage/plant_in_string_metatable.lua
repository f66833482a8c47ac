-- Plants in the metatable that all strings share.
-- pair: look_in_string_metatable
function solve()
  local meta = getmetatable("")
  meta.planted = "PLANTED"
  meta.__add = function() return "PLANTED" end
  meta.__call = meta.__add
  meta.__index = function() return meta.__add end
  return "held"
end
