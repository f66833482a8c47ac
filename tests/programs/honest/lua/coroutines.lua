-- Coroutines as generators and producers, with values passed both ways, status, wrap, close and errors.
-- value: [1, 3, 6, 10, 15, "dead", ["a", "b", "c"], "caught", true]
local function permutations(items)
  return coroutine.wrap(function()
    for _, item in ipairs(items) do
      coroutine.yield(item)
    end
  end)
end

function solve(n)
  local result = {}
  local routine = coroutine.create(function(first)
    local sum, more = 0, first
    while more do
      sum = sum + more
      more = coroutine.yield(sum)
    end
  end)
  for i = 1, n do
    local _, sum = coroutine.resume(routine, i)
    result[#result + 1] = sum
  end
  coroutine.resume(routine, nil)
  result[#result + 1] = coroutine.status(routine)
  local letters = {}
  for letter in permutations({"a", "b", "c"}) do
    letters[#letters + 1] = letter
  end
  result[#result + 1] = letters
  local failing = coroutine.wrap(function() error("caught", 0) end)
  local _, message = pcall(failing)
  result[#result + 1] = message
  local open = coroutine.create(function() coroutine.yield() end)
  coroutine.resume(open)
  result[#result + 1] = coroutine.close(open) and not coroutine.isyieldable()
  return result
end
