-- Creates and changes files in a folder that anyone may write.
function solve(target)
  for _, mode in ipairs({"w", "a", "r+", "w+b"}) do
    for _, name in ipairs({"kept.txt", "new.txt"}) do
      local called, file = pcall(io.open, target.folder .. "/" .. name, mode)
      if called and file then
        pcall(function()
          file:write("changed")
          file:close()
        end)
      end
    end
  end
  pcall(function()
    io.output(target.folder .. "/output.txt")
    io.write("changed")
    io.close()
  end)
  return "held"
end
