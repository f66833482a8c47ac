-- Calls C through LuaJIT's ffi or a library that require might find.
function solve()
  for _, name in ipairs({"ffi", "jit", "jit.util", "alien", "cffi", "lgi"}) do
    local required, library = pcall(function() return require(name) end)
    if required and library ~= nil and library ~= true then
      return "BREACH: require gives " .. name
    end
  end
  local called, system = pcall(function() return ffi.C.system("true") end)
  return called and "BREACH: C was called: " .. tostring(system) or "held"
end
