-- Looks whether random numbers go on from another program's seed.
-- ends: ok
-- value: "held"
function solve()
  local now = {math.random(1 << 30), math.random(1 << 30), math.random(1 << 30)}
  math.randomseed(4711)
  for _, number in ipairs(now) do
    if math.random(1 << 30) ~= number then
      return "held"
    end
  end
  return "BREACH: random numbers were left in another's state"
end
