-- Raises nil.
-- ends: runtime_error
function solve()
  error(nil)
end
