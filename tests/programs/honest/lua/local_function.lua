-- The function is local, and nothing is returned by the program.
-- value: [1, 4, 9, 16, 25]
local function square(x)
  return x * x
end

local function solve(n)
  local squares = {}
  for i = 1, n do
    squares[i] = square(i)
  end
  return squares
end
