-- Functions with any number of arguments, nils among them, by select, pack and unpack.
-- value: [4, 2, 3, [1, 2], "b c", 3, 12]
local function count(...)
  return select("#", ...)
end

local function last(...)
  return (select(-1, ...))
end

local function sum(...)
  local total = 0
  for _, value in ipairs({...}) do
    total = total + value
  end
  return total
end

function solve(n)
  local packed = table.pack(nil, "b", nil)
  local function rest(_, ...) return ... end
  return {
    count(nil, nil, n, nil), select("#", rest(1, 2, 3)), last(1, 2, 3), {table.unpack({1, 2, 3}, 1, 2)},
    table.concat({rest("a", "b", "c")}, " "), packed.n, sum(3, 4, n),
  }
end
