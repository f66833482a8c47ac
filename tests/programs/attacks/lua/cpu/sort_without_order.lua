-- Sorts by comparators without any order, which raise errors, change the table, or answer at random.
-- ends: ok, timeout
-- value: "held"
function solve()
  local items = {}
  for i = 1, 5000 do
    items[i] = i * 7919 % 5003
  end
  for _, compare in ipairs({
    function() return true end,
    function() return math.random() < 0.5 end,
    function(a, b) return a ~= b end,
    function() items[math.random(#items)] = nil return true end,
    function() error("no order") end,
    function() return {} end,
  }) do
    pcall(table.sort, items, compare)
  end
  return "held"
end
