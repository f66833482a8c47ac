-- Reads the secret file by io.lines and io.input.
function solve(target)
  local called, text = pcall(function()
    for line in io.lines(target.secret_file) do
      return line
    end
  end)
  if called and text then
    return "BREACH: io.lines gives " .. text
  end
  called, text = pcall(function()
    io.input(target.secret_file)
    return io.read("a")
  end)
  return called and text and #text > 0 and "BREACH: io.input gives " .. text or "held"
end
