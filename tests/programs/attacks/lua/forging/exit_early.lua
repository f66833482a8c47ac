-- Leaves by os.exit, with a status of success, before anything was returned.
-- ends: runtime_error, bad_return, forbidden
function solve()
  print("[[1, 0, 2]]")
  os.exit(true, true)
  error("there is no way out")
end
