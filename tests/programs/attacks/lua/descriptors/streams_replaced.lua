-- Puts its own objects in the place of the streams, and asks the real ones to seek, read and change their buffers.
-- ends: ok
-- value: "held"
function solve()
  for _, file in pairs({io.stdout, io.stderr, io.stdin}) do
    for _, call in ipairs({"seek", "read", "lines", "setvbuf", "flush", "close"}) do
      for _, argument in ipairs({"no", "line", "end", "a", 1 << 40}) do
        pcall(function() return file[call](file, argument, 1 << 50) end)
      end
    end
  end
  io.stdout = {write = error, flush = error}
  io.write = error
  print = error
  io.output = error
  return "held"
end
