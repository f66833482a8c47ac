-- Loads a C library and calls a function of it.
function solve()
  local reached, loadlib = pcall(function() return package.loadlib end)
  if reached and loadlib then
    for _, name in ipairs({"libc.so.6", "/lib/x86_64-linux-gnu/libc.so.6", "libm.so.6"}) do
      local called, loaded = pcall(loadlib, name, "*")
      if called and loaded then
        return "BREACH: " .. name .. " is loaded"
      end
      called, loaded = pcall(loadlib, name, "getpid")
      if called and type(loaded) == "function" then
        return "BREACH: a function of " .. name .. " is there"
      end
    end
  end
  return "held"
end
