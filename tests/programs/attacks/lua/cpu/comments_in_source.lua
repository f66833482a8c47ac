-- Has a function with so much white space before its parameters that a search for it may take quadratic time.
-- ends: ok, entry_point, timeout
-- value: "held"
local text = "function " .. (" "):rep(20000) .. "other" .. (" "):rep(20000)
other = load("return function() return 'held' end -- " .. text)()
function solve() return other() end
