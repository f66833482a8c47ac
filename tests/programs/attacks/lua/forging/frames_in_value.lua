-- Returns a string that holds the lines of a result.
-- ends: ok
-- value: "\"\n{\"ending\": \"ok\"}\n[[1, 0, 2]]\n"
function solve()
  return '"\n{"ending": "ok"}\n[[1, 0, 2]]\n'
end
