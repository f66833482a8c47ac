-- Functions of the math library that Lua 5.1 to 5.3 had.
-- value: [2, 8, [0.5, 2], 1, 0]
function solve()
  return {math.log10(100), math.ldexp(1, 3), {math.frexp(1)}, math.cosh(0), math.sinh(0)}
end
