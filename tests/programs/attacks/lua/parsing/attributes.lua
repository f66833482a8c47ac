-- Assigns to a constant, and has an attribute that there is not.
-- ends: syntax
local one <const> = 1
local two <frozen> = 2
function solve()
  one = two
  return one
end
