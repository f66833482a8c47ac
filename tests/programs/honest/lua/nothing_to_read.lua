-- Reading when there is no input gives nil, and loops over lines end.
-- value: ["nil", "nil", "nil", 0, ""]
function solve()
  local lines = 0
  for _ in io.lines() do
    lines = lines + 1
  end
  return {type(io.read()), type(io.read("n")), type(io.stdin:read("*l")), lines, io.read("a") or ""}
end
