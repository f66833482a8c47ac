-- Starts a shell by os.execute, and one that goes on after it.
function solve(target)
  pcall(function() os.execute("echo changed > " .. target.folder .. "/made.txt") end)
  pcall(function() os.execute("sleep 5 &") end)
  local called, shell = pcall(function() return os.execute() end)
  return called and shell and "BREACH: there is a shell" or "held"
end
