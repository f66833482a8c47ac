-- Starts programs by io.popen and reads what they print.
function solve(target)
  for _, command in ipairs({"cat " .. target.secret_file, "env", "id"}) do
    local called, text = pcall(function() return io.popen(command):read("a") end)
    if called and text and #text > 0 then
      return "BREACH: " .. text
    end
  end
  return "held"
end
