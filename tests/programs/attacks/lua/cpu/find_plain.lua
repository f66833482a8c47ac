-- Searches long texts for long texts, each call a long one within C.
-- ends: timeout
-- limit: cpu, wall
function solve()
  local text, sought = ("a"):rep(1 << 20), ("a"):rep(1 << 19) .. "b"
  for _ = 1, 5 do
    text:find(sought, 1, true)
  end
  return "BREACH: it went on for a minute"
end
