-- Replaces its own function while it is called, by one with the right answer.
-- ends: ok
-- value: "held"
function solve()
  solve = function() return {{1, 0, 2}} end
  _G.solve = solve
  return "held"
end
