-- Plants functions in the libraries, and replaces some of them.
-- pair: look_in_libraries
function solve()
  for _, library in pairs({string, table, math, coroutine, utf8, os, io, package, package and package.loaded}) do
    library.planted = "PLANTED"
  end
  math.floor = function() return "PLANTED" end
  string.upper = function() return "PLANTED" end
  tostring = function() return "PLANTED" end
  return "held"
end
