-- Prints objects that raise errors, return no text, or print themselves while they are shown.
-- ends: ok
-- value: "held"
function solve()
  for _, show in ipairs({
    function() error("shown") end,
    function() return 7 end,
    function() return {} end,
    function(object) return tostring(object) end,
    function() print("inner") return "outer" end,
    function() return ("x"):rep(1 << 16) end,
  }) do
    local liar = setmetatable({}, {__tostring = show, __name = "liar"})
    pcall(print, liar, liar)
    pcall(io.write, liar)
  end
  pcall(print, setmetatable({}, {__name = ("n"):rep(1 << 20)}))
  return "held"
end
