-- A script that runs an example and leaves by os.exit at its end: the function is there all the same.
-- value: 25
function solve(n)
  return n * n
end

local function main()
  print("example:", solve(3))
  os.exit(0)
end

main()
