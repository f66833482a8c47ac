-- Doubles a string until there is no more memory.
-- ends: resource
-- limit: memory
function solve()
  local text = ("x"):rep(1 << 20)
  while #text < 1 << 32 do
    text = text .. text
  end
  return "BREACH: 4 GB were taken"
end
