-- Asks for one huge string.
-- ends: resource
-- limit: memory
function solve()
  return "BREACH: " .. #("x"):rep(2000 << 20) .. " bytes were taken"
end
