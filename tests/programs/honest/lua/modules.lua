-- Modules as tables, in package.loaded and package.preload, and require of the standard libraries.
-- value: [25, true, true, 6, "here"]
local square = {}
function square.of(x) return x * x end
package.loaded["square"] = square
package.preload = package.preload or {}
package.preload["six"] = function() return {value = 6} end
package.path = package.path .. ";./?.lua"

function solve(n)
  local found, missing = pcall(require, "no.such.module")
  return {
    require("square").of(n), require("string") == string, not found and type(missing) == "string", require("six").value,
    package.loaded.table == table and "here" or "gone",
  }
end
