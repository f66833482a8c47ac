-- Reading when there is no input gives nil, and loops over lines end.
-- value: ["nil", 3, "nil", "nil", 0, ""]
function solve()
  local lines = 0
  for _ in io.lines() do
    lines = lines + 1
  end
  local count = tonumber(io.read()) or 3
  return {type(io.read()), count, type(io.read("n")), type(io.stdin:read("*l")), lines, io.read("a") or ""}
end
