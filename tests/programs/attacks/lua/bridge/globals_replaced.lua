-- Replaces the global _G by what is no table.
-- ends: ok, entry_point, runtime_error
_G = 7

function solve()
  return "held"
end
