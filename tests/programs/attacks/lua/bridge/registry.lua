-- Walks from the registry to Python's objects, the C libraries and the open files.
function solve()
  local reached, registry = pcall(function() return debug.getregistry() end)
  if reached and type(registry) == "table" then
    for key, value in next, registry do
      if type(value) == "userdata" or tostring(key):find("PYTHON") or key == "_LOADED" then
        return "BREACH: the registry is there, with " .. tostring(key)
      end
    end
  end
  return "held"
end
