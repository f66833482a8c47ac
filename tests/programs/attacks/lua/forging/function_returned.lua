-- Returns a function that would return the right answer.
-- ends: bad_return
function solve()
  return function() return {{1, 0, 2}} end
end
