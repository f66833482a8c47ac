-- Gives numbers, booleans, nil, functions and threads metatables, so that the sandbox's own code would run ours.
function solve()
  local meta = {__index = function() return "BREACH" end, __call = function() return "BREACH" end}
  for _, value in ipairs({0, true, print, coroutine.create(print), "x"}) do
    if pcall(setmetatable, value, meta) then
      return "BREACH: setmetatable changes " .. type(value)
    end
    if type(value) ~= "string" and getmetatable(value) ~= nil then
      return "BREACH: there is a metatable for " .. type(value)
    end
  end
  if pcall(setmetatable, nil, meta) then
    return "BREACH: setmetatable changes nil"
  end
  return "held"
end
