-- Opens the secret file by io.open in every mode for reading.
function solve(target)
  for _, mode in ipairs({"r", "rb", "r+", "a+"}) do
    local called, file = pcall(io.open, target.secret_file, mode)
    if called and file then
      local _, text = pcall(function() return file:read("a") end)
      return "BREACH: io.open gives " .. tostring(file) .. " with " .. tostring(text)
    end
  end
  return "held"
end
