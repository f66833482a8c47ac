-- Leaves by os.exit in a finalizer.
function solve()
  setmetatable({}, {__gc = function() os.exit(0, true) end})
  for _ = 1, 100000 do
    local _ = {}
  end
  return "held"
end
