-- Opens devices and the process's own files, for reading and writing.
function solve()
  for _, path in ipairs({
    "/dev/null", "/dev/zero", "/dev/tty", "/dev/mem", "/dev/shm/x", "/proc/self/mem", "/proc/self/maps", "/proc/version",
    "/etc/passwd", "/", ".", "/proc/1/environ", "/sys/kernel/mm/hugepages",
  }) do
    for _, mode in ipairs({"r", "w"}) do
      local called, file = pcall(io.open, path, mode)
      if called and file then
        return "BREACH: " .. path .. " is open"
      end
    end
  end
  return "held"
end
