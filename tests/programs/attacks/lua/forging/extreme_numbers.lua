-- Returns the largest, smallest and closest numbers: they arrive as they are.
-- ends: ok
-- value: [9223372036854775807, -9223372036854775808, 1.7976931348623157e308, 5e-324, 9007199254740993, 0.1, 0]
function solve()
  return {math.maxinteger, math.mininteger, 1.7976931348623157e308, 5e-324, (1 << 53) + 1, 0.1, -0.0}
end
