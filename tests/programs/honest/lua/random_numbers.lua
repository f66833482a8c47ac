-- Random numbers within bounds, and the same again from the same seed.
-- value: [true, true, true]
function solve(n)
  math.randomseed(42)
  local first, within = {}, true
  for i = 1, 100 do
    first[i] = math.random(n)
    within = within and first[i] >= 1 and first[i] <= n
  end
  math.randomseed(42)
  local same = true
  for i = 1, 100 do
    same = same and math.random(n) == first[i]
  end
  local fraction = math.random()
  return {within, same, fraction >= 0 and fraction < 1}
end
