function solve(disks, source, goal)
  local moves = {}
  local function gather(size, from, to)
    if size > 0 then
      gather(size - 1, from, 3 - from - to)
      moves[#moves + 1] = {size, from, to}
      gather(size - 1, 3 - from - to, to)
    end
  end
  gather(disks, source, goal)
  return moves
end
