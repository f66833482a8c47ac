-- Unknown globals raise an error, as strict modes have it, and a known one does not.
-- value: [5, true]
setmetatable(_G, {
  __newindex = function(t, name, value) rawset(t, name, value) end,
  __index = function(_, name) error("undefined variable " .. tostring(name), 2) end,
})

function solve(n)
  local known = pcall(function() return no_such_variable end)
  return {n, not known}
end
