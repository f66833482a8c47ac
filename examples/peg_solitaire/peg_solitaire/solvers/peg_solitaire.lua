-- Try every jump, depth first, and remember the lines from which no jump led to one peg.

function solve(holes, pegs)
  local taken, hopeless = {}, {}
  for hole = 1, holes do taken[hole] = 0 end
  for _, hole in ipairs(pegs) do taken[hole] = 1 end
  local moves = {}

  local function clear(left)
    if left == 1 then return true end
    local line = table.concat(taken)
    if hopeless[line] then return false end
    for peg = 1, holes do
      for side = -1, 1, 2 do
        local over, target = peg + side, peg + 2 * side
        if taken[peg] == 1 and taken[over] == 1 and taken[target] == 0 then
          taken[peg], taken[over], taken[target] = 0, 0, 1
          moves[#moves + 1] = {peg, target}
          if clear(left - 1) then return true end
          moves[#moves] = nil
          taken[peg], taken[over], taken[target] = 1, 1, 0
        end
      end
    end
    hopeless[line] = true
    return false
  end

  return clear(#pegs) and moves or "impossible"
end
