-- Reads the environment and the memory of processes from /proc.
function solve(target)
  for _, process in ipairs({"self", "1", "2", target.harness, target.victim, "thread-self"}) do
    for _, name in ipairs({"environ", "cmdline", "maps", "mem", "status", "fd/0", "fd/3"}) do
      local called, file = pcall(io.open, "/proc/" .. tostring(process):gsub("%.0$", "") .. "/" .. name)
      if called and file then
        local _, text = pcall(function() return file:read(100000) end)
        return "BREACH: " .. name .. " of " .. process .. " is open: " .. tostring(text)
      end
    end
  end
  return "held"
end
