-- Prints much, and then takes all memory: it must not pass for an answer.
-- ends: resource, timeout
-- limit: memory, cpu, wall
function solve()
  print(("[[1, 0, 2]]\n"):rep(10000))
  local text = "x"
  while #text < 1 << 31 do
    text = text .. text
  end
  return "BREACH: 2 GB were taken"
end
