-- Looks for planted and replaced functions in the libraries.
-- ends: ok
-- value: "held"
function solve()
  for name, library in pairs({string = string, table = table, math = math, coroutine = coroutine, utf8 = utf8, os = os, io = io}) do
    if library.planted then
      return "BREACH: something was left behind in " .. name
    end
  end
  if math.floor(1.5) ~= 1 or ("a"):upper() ~= "A" or tostring(1) ~= "1" then
    return "BREACH: a function was left replaced"
  end
  return "held"
end
