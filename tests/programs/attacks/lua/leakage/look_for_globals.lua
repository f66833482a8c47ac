-- Looks for planted globals.
-- ends: ok
-- value: "held"
function solve()
  if rawget(_G, "planted") or rawget(_G, "PLANTED") or getmetatable(_G) or some_name_that_nobody_set then
    return "BREACH: globals were left behind"
  end
  return "held"
end
