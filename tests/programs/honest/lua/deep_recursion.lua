-- Recursion 100,000 levels deep, tail calls without end, and an endless recursion that is caught.
-- value: [100000, 1000000, true]
local function depth(n)
  if n == 0 then
    return 0
  end
  return 1 + depth(n - 1)
end

local function tail(n, count)
  if n == 0 then
    return count
  end
  return tail(n - 1, count + 1)
end

local function endless()
  return 1 + endless()
end

function solve()
  local ended, message = pcall(endless)
  return {depth(100000), tail(1000000, 0), not ended and message:find("stack overflow") ~= nil}
end
