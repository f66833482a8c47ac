-- Floats without a fraction, as division leaves them, are whole numbers in the answer.
-- value: [[1, 3], 1, 1000000, 0]
function solve(n)
  local disk, from = (n - 3) / 2, 6 / 2
  return {{disk, from}, 2 ^ 0, 1e6, 0 / 1}
end
