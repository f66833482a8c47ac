-- Goto as continue, and to leave nested loops.
-- value: [[1, 3, 5], [2, 3]]
function solve(n)
  local odd = {}
  for i = 1, n do
    if i % 2 == 0 then
      goto continue
    end
    odd[#odd + 1] = i
    ::continue::
  end
  local found
  for a = 1, n do
    for b = a, n do
      if a * b == 6 then
        found = {a, b}
        goto done
      end
    end
  end
  ::done::
  return {odd, found}
end
