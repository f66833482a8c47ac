-- Leaves finalizers that change the returned table while it is written down.
function solve()
  local result = {}
  for i = 1, 20000 do
    result["key" .. i] = {i, {i}}
  end
  local function change()
    for i = 1, 20000 do
      result["key" .. i] = nil
    end
    result[1] = {1, 0, 2}
    setmetatable({}, {__gc = change})
  end
  setmetatable({}, {__gc = change})
  return result
end
