-- Uses whatever the debug library still offers to read variables of the functions that called this one.
function solve()
  local seen = {}
  for level = 0, 20 do
    local described, info = pcall(function() return debug.getinfo(level, "nSlutf") end)
    if described and type(info) == "table" and info.func then
      seen[#seen + 1] = info.func
    end
    for index = 1, 20 do
      local read, name, value = pcall(function() return debug.getlocal(level + 2, index) end)
      if read and name and (name == "out" or name == "encode" or type(value) == "userdata") then
        return "BREACH: a caller's variable " .. name .. " was read"
      end
    end
  end
  for _, func in ipairs(seen) do
    for index = 1, 60 do
      local read, name, value = pcall(function() return debug.getupvalue(func, index) end)
      if read and name and type(value) == "userdata" then
        return "BREACH: a variable " .. name .. " of another function was read"
      end
    end
  end
  return "held"
end
