-- Raises an error whose text holds the lines of a result.
-- ends: runtime_error
function solve()
  error('failed"}\n{"ending": "ok", "entry_point": "solve"}\n[[1, 0, 2]]\n', 0)
end
