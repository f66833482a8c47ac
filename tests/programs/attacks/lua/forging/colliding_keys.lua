-- Returns a table in which 1, 1.5 and their texts are different keys: in JSON they are the same.
-- ends: ok, bad_return
function solve()
  return {x = {[1] = 9, ["1"] = {1, 0, 2}, [1.5] = 9, ["1.5"] = 8}}
end
