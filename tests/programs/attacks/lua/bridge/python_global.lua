-- Looks for the bridge to Python in globals, loaded modules and by require.
function solve()
  local places = {
    function() return python end,
    function() return _G.python end,
    function() return rawget(_G, "python") end,
    function() return package.loaded.python end,
    function() return package.preload.python end,
    function() return require("python") end,
    function() return require("lupa") end,
    function() return load("return python")() end,
    function() return getfenv(0).python end,
    function() return debug.getregistry()._LOADED.python end,
  }
  for _, place in ipairs(places) do
    local reached, bridge = pcall(place)
    if reached and bridge ~= nil then
      local evaluated, value = pcall(function() return bridge.eval("6 * 7") end)
      return "BREACH: the bridge is there" .. (evaluated and ", and evaluates to " .. tostring(value) or "")
    end
  end
  return "held"
end
