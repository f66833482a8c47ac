-- Jumps into the scope of a local variable.
-- ends: syntax
function solve()
  goto inside
  local value = {{1, 0, 2}}
  ::inside::
  return value
end
