-- A function with a table of what it has found, weak keys, and large whole numbers.
-- value: [5, 12586269025, 2432902008176640000]
local memo = setmetatable({}, {__mode = "k"})
local known = {}

local function fibonacci(n)
  if n <= 2 then
    return 1
  end
  if not known[n] then
    known[n] = fibonacci(n - 1) + fibonacci(n - 2)
  end
  return known[n]
end

function solve(n)
  memo[{}] = n
  local factorial = 1
  for i = 2, 20 do
    factorial = factorial * i
  end
  return {fibonacci(n), fibonacci(50), factorial}
end
