-- Writes one line of up to a gigabyte.
-- ends: resource
-- limit: output
function solve()
  local text = ("x"):rep(1 << 20)
  for _ = 1, 1 << 10 do
    io.write(text)
  end
  return "BREACH: a gigabyte was printed"
end
