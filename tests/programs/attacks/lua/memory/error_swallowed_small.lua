-- Fills memory to the last byte, catching errors, and then returns a value that needs memory to be written down.
-- ends: resource, runtime_error, ok, timeout
function solve()
  local kept, size = {}, 1 << 26
  while size >= 16 do
    local taken = pcall(function() kept[#kept + 1] = ("x"):rep(size) end)
    if not taken then
      size = size // 2
    end
    if #kept > 4000 then
      return "BREACH: too much was taken"
    end
  end
  keep = kept
  return {{"a", 1.5, {b = "c"}}}
end
