-- Looks in tracebacks and error positions for where the sandbox's own files lie.
-- never: /harness/
-- never: site-packages
-- never: /work/
function solve()
  local texts = {}
  for level = 0, 10 do
    local _, message = pcall(error, "here", level)
    texts[#texts + 1] = tostring(message)
  end
  pcall(function() texts[#texts + 1] = debug.traceback("here") end)
  pcall(function() texts[#texts + 1] = debug.traceback("here", 2) end)
  pcall(function() texts[#texts + 1] = tostring(package.path) .. tostring(package.cpath) end)
  for level = 0, 10 do
    pcall(function() texts[#texts + 1] = debug.getinfo(level, "S").source:sub(1, 200) end)
  end
  local _, message = xpcall(function() local x = nil; x() end, debug and debug.traceback or tostring)
  texts[#texts + 1] = tostring(message)
  return texts
end
