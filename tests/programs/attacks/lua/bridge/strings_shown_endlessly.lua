-- Gives strings a __tostring that never returns, and prints and returns strings.
-- ends: timeout, runtime_error
function solve()
  getmetatable("").__tostring = function()
    local stop = os.clock() + 60
    while os.clock() < stop do end
    return "BREACH: it went on for a minute"
  end
  print("x")
  return {x = 1}
end
