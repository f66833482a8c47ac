-- Fills much memory with a text of its own.
-- pair: look_in_memory
function solve()
  kept = {}
  for i = 1, 100 do
    kept[i] = ("PLANTED-" .. "IN-MEMORY "):rep(20000)
  end
  return "held"
end
