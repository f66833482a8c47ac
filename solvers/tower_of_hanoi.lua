-- The shortest solution from any legal start: gather the disks on the goal, the largest one first.

function solve(disks, start, goal)
  local peg_of = {}
  for peg = 0, 2 do
    for _, disk in ipairs(start[peg + 1]) do
      peg_of[disk] = peg
    end
  end
  local moves = {}

  local function move(disk, target)
    moves[#moves + 1] = {disk, peg_of[disk], target}
    peg_of[disk] = target
  end

  -- Brings the `size` smallest disks, wherever they are, to `target`.
  local function gather(size, target)
    while size > 0 and peg_of[size] == target do
      size = size - 1
    end
    if size == 0 then
      return
    end
    gather(size - 1, 3 - peg_of[size] - target)
    move(size, target)
    gather(size - 1, target)
  end

  gather(disks, goal)
  return moves
end
