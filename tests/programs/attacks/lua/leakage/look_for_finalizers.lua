-- Makes garbage, so that finalizers that another program left would run.
-- ends: ok
-- value: "held"
-- never: PLANTED
function solve()
  for _ = 1, 200000 do
    local _ = {{}}
  end
  return kept and "BREACH: a global was left behind" or "held"
end
