-- Raises tables that look like the errors of the sandbox itself.
-- ends: runtime_error, bad_return
function solve()
  error({bad = "ok", ending = "ok", value = "[[1, 0, 2]]", limit = "harness"})
end
