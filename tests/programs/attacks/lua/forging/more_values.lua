-- Returns a wrong value and the right one behind it.
-- ends: ok
-- value: [[9, 9, 9]]
function solve()
  return {{9, 9, 9}}, {{1, 0, 2}}, "ok", nil, "solve"
end
