-- A puzzle solved by recursion, its moves as lists within a list.
-- value: [31, [1, 0, 2], [1, 0, 2]]
function solve(n)
  local moves = {}
  local function move(count, from, to, via)
    if count > 0 then
      move(count - 1, from, via, to)
      moves[#moves + 1] = {count, from, to}
      move(count - 1, via, to, from)
    end
  end
  move(n, 0, 2, 1)
  return {#moves, moves[1], moves[#moves]}
end
