-- Requires libraries of the machine, and files by a changed search path.
function solve(target)
  for _, name in ipairs({"posix", "lfs", "socket", "socket.core", "lpeg", "cjson", "lua_signal", "_ctypes", "lupa.lua54"}) do
    if pcall(function() return assert(require(name)) end) then
      return "BREACH: require gives " .. name
    end
  end
  pcall(function()
    package.path = "?;" .. target.folder .. "/?;" .. target.folder .. "/?.lua"
    package.cpath = "/lib/x86_64-linux-gnu/?;/usr/lib/x86_64-linux-gnu/lib?.so.6;?"
  end)
  for _, name in ipairs({target.secret_file, "kept.txt", "c", "libc.so.6", "m"}) do
    local required, problem = pcall(function() return require(name) end)
    if required then
      return "BREACH: require reads " .. name
    end
    if tostring(problem):find("token", 1, true) then
      return "BREACH: require shows what is in a file: " .. tostring(problem)
    end
  end
  return "held"
end
