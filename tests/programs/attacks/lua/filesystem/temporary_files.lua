-- Makes temporary files by io.tmpfile and os.tmpname, which creates one only to have a name.
function solve()
  local made, file = pcall(function() return io.tmpfile() end)
  if made and file then
    return "BREACH: io.tmpfile gives " .. tostring(file)
  end
  local named, name = pcall(function() return os.tmpname() end)
  return named and name and "BREACH: os.tmpname gives " .. tostring(name) or "held"
end
