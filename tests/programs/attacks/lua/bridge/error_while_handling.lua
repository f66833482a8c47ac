-- Raises errors in the handlers of errors, at the end of the stack too; a crash is not right.
-- ends: ok, timeout
local function endless()
  return 1 + endless()
end

function solve()
  xpcall(error, error)
  xpcall(endless, function() return ("x"):rep(1 << 40) end)
  xpcall(endless, function() return endless() end)
  xpcall(endless, endless)
  local function handler(message)
    return xpcall(error, handler, message)
  end
  xpcall(error, handler)
  xpcall(function() string.gsub("a", "a", endless) end, handler)
  return "held"
end
