-- Raises errors that read like a fault of the sandbox.
-- ends: runtime_error
function solve()
  error("SandboxUnavailable: no frame 'locked': a wall of the sandbox cannot be put up", 0)
end
