-- Looks for the functions of the debug library that reach other functions' variables, the registry or hooks.
function solve()
  local places = {debug, package and package.loaded and package.loaded.debug, package and package.debug}
  local required, library = pcall(function() return require("debug") end)
  places[#places + 1] = required and library or nil
  for _, place in pairs(places) do
    for _, name in ipairs({
      "getregistry", "getupvalue", "setupvalue", "upvaluejoin", "upvalueid", "sethook", "getlocal", "setlocal",
      "setmetatable", "getuservalue", "setuservalue", "debug", "getfenv", "setfenv", "setcstacklimit",
    }) do
      if type(place) == "table" and place[name] then
        return "BREACH: debug." .. name .. " is there"
      end
    end
  end
  return "held"
end
