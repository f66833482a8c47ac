-- Closes the standard streams in every way, and then prints and returns.
-- ends: ok, runtime_error
function solve()
  for _, file in pairs({io.stdout, io.stderr, io.stdin}) do
    pcall(function() file:close() end)
    pcall(function() io.close(file) end)
    pcall(function() getmetatable(file).__gc(file) end)
    pcall(function() getmetatable(file).__close(file) end)
  end
  pcall(function() io.close() end)
  pcall(function() io.output():close() end)
  pcall(print, "after")
  return "held"
end
