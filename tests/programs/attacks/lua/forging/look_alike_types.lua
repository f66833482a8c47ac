-- Returns the right answer with texts and booleans in the place of numbers.
-- ends: ok
-- value: [[true, "0", "2"]]
function solve()
  return {{true, "0", "2"}}
end
