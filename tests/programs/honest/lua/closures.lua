-- Closures that share and keep variables, and functions of functions.
-- value: [3, 1, [2, 4, 6, 8, 10], [2, 4], 15, 120]
local function counter()
  local count = 0
  return function()
    count = count + 1
    return count
  end
end

local function map(list, f)
  local result = {}
  for i, item in ipairs(list) do
    result[i] = f(item)
  end
  return result
end

local function filter(list, holds)
  local result = {}
  for _, item in ipairs(list) do
    if holds(item) then
      table.insert(result, item)
    end
  end
  return result
end

local function reduce(list, f, value)
  for _, item in ipairs(list) do
    value = f(value, item)
  end
  return value
end

function solve(n)
  local first, second = counter(), counter()
  first()
  first()
  local list = {}
  for i = 1, n do
    list[i] = i
  end
  local factorial
  factorial = function(k) return k <= 1 and 1 or k * factorial(k - 1) end
  return {
    first(), second(), map(list, function(x) return x * 2 end), filter(list, function(x) return x % 2 == 0 end),
    reduce(list, function(a, b) return a + b end, 0), factorial(n),
  }
end
