-- Tracebacks are texts, whatever they say.
-- value: ["string", true, true, "string"]
function solve()
  local text = "trace: " .. debug.traceback()
  local _, handled = xpcall(error, function(message) return debug.traceback("failed: " .. message, 2) end, "why")
  local _, plain = xpcall(function() error("why") end, debug.traceback)
  return {type(text), handled:find("failed: why", 1, true) == 1, plain:find("why", 1, true) ~= nil, type(debug.traceback("x"))}
end
