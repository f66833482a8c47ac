-- What programs for Lua 5.1 use: unpack, getn, loadstring, pow, mod, maxn.
-- value: [1, 2, 3, 42, 8, 1, 7, 2]
function solve()
  local unpack = unpack or table.unpack
  local a, b = unpack({1, 2})
  local sparse = {[7] = true, [2] = true}
  return {a, b, table.getn({1, 2, 3}), loadstring("return 42")(), math.pow(2, 3), math.mod(7, 2), table.maxn(sparse), select("#", unpack({1, 2}))}
end
