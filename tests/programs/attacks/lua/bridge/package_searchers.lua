-- Searches files by the package library's searchers, or plants one of its own that is believed.
function solve(target)
  local reached, searchers = pcall(function() return package.searchers or package.loaders end)
  if reached and searchers then
    for number, searcher in ipairs(searchers) do
      local called, _, where = pcall(searcher, "libc")
      if called and type(where) == "string" and where:sub(1, 1) == "/" then
        return "BREACH: searcher " .. number .. " finds " .. where
      end
    end
  end
  local found, path = pcall(function() return package.searchpath("secret", target.secret_file) end)
  if found and path then
    return "BREACH: searchpath finds " .. path
  end
  return "held"
end
