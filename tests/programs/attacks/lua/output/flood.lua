-- Prints up to a gigabyte of lines.
-- ends: resource, timeout
-- limit: output, cpu, wall
function solve()
  local line = ("x"):rep(1000)
  for _ = 1, 1 << 20 do
    print(line)
  end
  return "BREACH: a gigabyte was printed"
end
