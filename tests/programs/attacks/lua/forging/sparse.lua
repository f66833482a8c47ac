-- Returns lists with holes, and with indices far away, below one and between.
-- ends: ok, bad_return
function solve()
  return {{1, nil, 3}, {[1] = 1, [1000000000000] = 2}, {[0] = 0, 1, 2}, {[-1] = 1}, {[1.5] = 1}, {nil, nil, 3, n = 3}}
end
