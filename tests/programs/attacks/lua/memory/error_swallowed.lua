-- Catches each error for want of memory, and goes on taking.
function solve()
  local kept = {}
  for i = 1, 4096 do
    pcall(function() kept[#kept + 1] = ("x"):rep(1 << 20) end)
  end
  return #kept > 600 and "BREACH: " .. #kept .. " MB were taken" or "held"
end
