-- Replaces each character by a long text.
-- ends: resource
-- limit: memory
function solve()
  local text = ("x"):rep(1 << 16):gsub("x", ("y"):rep(1 << 16))
  return "BREACH: " .. #text .. " bytes were taken"
end
