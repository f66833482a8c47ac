-- Unpacks, packs and selects more values than a stack holds.
-- ends: ok
-- value: "held"
function solve()
  for _, count in ipairs({1 << 20, 1 << 24, 1 << 31, math.maxinteger}) do
    pcall(table.unpack, {}, 1, count)
    pcall(table.unpack, {}, -count, count)
    pcall(string.char, table.unpack({}, 1, 1 << 10))
    pcall(string.byte, ("x"):rep(1 << 21), 1, count)
    pcall(function() return {table.unpack({}, 1, count)} end)
    pcall(select, -1, table.unpack({1}, 1, 1 << 15))
  end
  return "held"
end
