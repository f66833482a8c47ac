-- A returned value of 1.5 MB.
-- printed: done\n
-- seconds: 3
function solve()
  local moves = {}
  for i = 1, 120000 do
    moves[i] = {i % 20 + 1, i % 3, (i + 1) % 3}
  end
  print("done")
  return moves
end
