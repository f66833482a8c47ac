-- Starts coroutines within coroutines until the C stack's limit; an error is right, a crash is not.
-- ends: ok
-- value: "held"
local function nest(depth)
  if depth > 100000 then
    return depth
  end
  return coroutine.wrap(nest)(depth + 1)
end

function solve()
  local ended, problem = pcall(nest, 1)
  return (ended or tostring(problem):find("overflow")) and "held" or tostring(problem)
end
