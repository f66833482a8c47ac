-- A script with an example below its function, guarded or not.
-- value: [5, 4, 3, 2, 1]
function solve(n)
  local down = {}
  for i = n, 1, -1 do
    down[#down + 1] = i
  end
  return down
end

if arg and arg[0] then
  io.write("run as a script\n")
end
local n = tonumber(arg and arg[1]) or 3
for _, value in ipairs(solve(n)) do
  print(value)
end
