-- Loads text as functions, with arguments, environments, names, readers, and errors.
-- value: [12, 5, "[string \"x =\"]:1: unexpected symbol near <eof>", "named:1: failed", 3, 9]
function solve(n)
  local sandbox = {n = n}
  local parts, at = {"return ", "1 + ", "2"}, 0
  local _, broken = load("x =")
  local _, failed = pcall(load("error('failed')", "=named"))
  local pieces = load(function()
    at = at + 1
    return parts[at]
  end)
  y = 9
  return {load("local a, b = ... return a * b")(3, 4), load("return n", "x", "t", sandbox)(), broken, failed, pieces(), load("return y")()}
end
