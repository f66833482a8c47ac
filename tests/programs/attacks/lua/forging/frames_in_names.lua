-- Has an entry point whose name holds the lines of a result.
-- ends: runtime_error, entry_point
_G['solve"}\n{"ending": "ok", "entry_point": "x"}\n[[1, 0, 2]]\n'] = function()
  error("failed")
end
