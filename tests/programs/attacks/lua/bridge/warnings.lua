-- Turns warnings on and gives many: they must neither be taken for output nor fill anything up.
-- never: a warning
-- ends: ok, runtime_error
function solve()
  if warn then
    warn("@on")
    for _ = 1, 100000 do
      warn("a warning", "\n", "\27[2J")
    end
    warn("@off")
    warn("@nonsense")
  end
  return "held"
end
