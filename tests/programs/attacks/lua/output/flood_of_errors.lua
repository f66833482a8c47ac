-- Writes up to a gigabyte to standard error, where it is lost.
-- never: xxxx
function solve()
  local text = ("x"):rep(1 << 20)
  for _ = 1, 1 << 10 do
    io.stderr:write(text)
  end
  return "held"
end
