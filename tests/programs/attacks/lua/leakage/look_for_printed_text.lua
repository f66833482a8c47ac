-- Prints nothing, so that whatever comes out is another program's.
-- ends: ok
-- value: "held"
-- never: PLANTED
function solve()
  io.write("own")
  return "held"
end
