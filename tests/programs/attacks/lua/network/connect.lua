-- Connects by a socket library, a shell's network paths, or a socket's path opened as a file.
function solve(target)
  for _, name in ipairs({"socket", "socket.core", "socket.unix", "luv", "cqueues.socket", "posix.sys.socket"}) do
    pcall(function()
      local library = require(name)
      local client = library.tcp and library.tcp() or library.connect("127.0.0.1", target.port)
      client:connect("127.0.0.1", target.port)
      client:send("hello")
    end)
  end
  local address = ("127.0.0.1/%d"):format(target.port)
  for _, path in ipairs({"/dev/tcp/" .. address, "/dev/udp/" .. address, target.stream_socket, target.datagram_socket}) do
    pcall(function()
      io.open(path, "w"):write("hello"):close()
    end)
  end
  local shell = "exec 3<>/dev/tcp/" .. address
  pcall(function() os.execute("bash -c '" .. shell .. "'") end)
  pcall(function() io.popen("bash -c '" .. shell .. "'"):close() end)
  return "held"
end
