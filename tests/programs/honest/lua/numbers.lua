-- Integers and floats: division, remainders, bits, overflow, conversions, and the math library.
-- value: [2, 2.5, 1, -3, 2, -1, 4, 7, 160, -6, 32, "integer", "float", 3, 15, 10, 255, 3.5, true, 2, 4, -9223372036854775808, true, 8, 5]
function solve(n)
  return {
    n // 2, n / 2, n % 2, -n // 2, -n % 7, math.fmod(-n, 2), n & 6, n | 2, n << 5, ~n, 1 << n, math.type(n), math.type(n + 0.0),
    math.floor(3.7), math.tointeger(15.0), "5" + n, tonumber("ff", 16), tonumber("3.5"), tonumber("x") == nil,
    math.ceil(1.2), math.max(1, 4, 2), math.maxinteger + 1, math.huge > math.maxinteger, 2 ^ 3, math.abs(-n),
  }
end
