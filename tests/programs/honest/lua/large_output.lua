-- Fifty thousand printed lines beside a returned value.
-- value: 50000
-- seconds: 2
function solve()
  for i = 1, 50000 do
    print("move disk", i, "from", 0, "to", 2)
  end
  return 50000
end
