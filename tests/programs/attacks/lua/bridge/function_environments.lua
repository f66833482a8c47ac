-- Takes functions' environments as in Lua 5.1, to find globals that were taken away or to change those of the sandbox.
function solve()
  local get, set = getfenv, setfenv
  if get then
    for _, of in ipairs({0, 1, 2, 3, print, load, io.write, tostring, require or print}) do
      local read, environment = pcall(get, of)
      if read and type(environment) == "table" and environment ~= _G and environment.python then
        return "BREACH: another table of globals was found"
      end
    end
  end
  if set then
    pcall(set, print, {})
    pcall(set, 2, {})
    pcall(set, 0, {})
  end
  return "held"
end
