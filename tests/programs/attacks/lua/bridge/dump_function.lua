-- Turns a function into bytecode with string.dump, wherever that can still be found, and loads the bytecode.
function solve()
  local places = {string, getmetatable("").__index, package and package.loaded and package.loaded.string}
  for _, place in pairs(places) do
    if type(place) == "table" and place.dump then
      local dumped, bytecode = pcall(place.dump, function() return 42 end)
      if dumped and load(bytecode, "bytecode", "b") then
        return "BREACH: bytecode is dumped and loaded"
      end
    end
  end
  return "held"
end
