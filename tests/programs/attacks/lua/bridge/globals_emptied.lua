-- Takes every global away, the libraries' functions included, and then returns a value.
-- ends: ok
-- value: [1, "two", {"three": 3.5}]
function solve()
  local next, type, globals = next, type, _G
  for _, library in next, globals do
    if type(library) == "table" and library ~= globals then
      for name in next, library do
        library[name] = nil
      end
    end
  end
  for name in next, globals do
    globals[name] = nil
  end
  return {1, "two", {three = 3.5}}
end
