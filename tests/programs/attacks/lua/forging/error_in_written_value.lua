-- Returns a value with a finalizer that raises an error like those of the writer of JSON.
function solve()
  local value = {}
  for i = 1, 50000 do
    value[i] = {i}
    setmetatable({}, {__gc = function() error({bad = {}}) end})
  end
  return value
end
