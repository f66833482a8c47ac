-- Bit operations as LuaJIT and Lua 5.2 name them.
-- value: [[1, 7, 6, 20, 1, -6], [1, 7, 6, 20, 1, 4294967290]]
function solve(n)
  local bit = bit or require("bit")
  local bit32 = bit32 or require("bit32")
  return {
    {bit.band(n, 3), bit.bor(n, 3), bit.bxor(n, 3), bit.lshift(n, 2), bit.rshift(n, 2), bit.bnot(n)},
    {bit32.band(n, 3), bit32.bor(n, 3), bit32.bxor(n, 3), bit32.lshift(n, 2), bit32.rshift(n, 2), bit32.bnot(n)},
  }
end
