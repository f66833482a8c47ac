-- Functions of the math library that Lua 5.1 had.
-- value: [2, 8]
function solve()
  return {math.log10(100), math.ldexp(1, 3)}
end
