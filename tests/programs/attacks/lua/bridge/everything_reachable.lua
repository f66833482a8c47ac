-- Walks all tables, metatables and results of harmless calls for what should be gone, under any name.
local GONE = {
  dump = true, getregistry = true, getupvalue = true, sethook = true, loadlib = true, searchers = true,
  loaders = true, searchpath = true, execute = true, getenv = true, popen = true, tmpname = true, tmpfile = true,
  rename = true, eval = true, builtins = true, as_attrgetter = true, as_function = true, setlocale = true, ffi = true,
}

function solve()
  local seen, found = {}, nil
  local function walk(value, path, depth)
    if found or depth > 12 or seen[value] then
      return
    end
    local kind = type(value)
    if kind == "userdata" then
      found = path .. " is " .. tostring(value)
      return
    end
    if kind ~= "table" then
      return
    end
    seen[value] = true
    local meta = getmetatable(value)
    if type(meta) == "table" then
      walk(meta, path .. "<metatable>", depth + 1)
    end
    for key, part in next, value do
      if GONE[key] and type(part) == "function" and not pcall(part) then
        local works, result = pcall(part, "/", "r")
        if works and result then
          found = path .. "." .. tostring(key) .. " works"
        end
      end
      walk(key, path .. "<key>", depth + 1)
      walk(part, path .. "." .. tostring(key), depth + 1)
    end
  end
  walk(_G, "_G", 0)
  walk(getmetatable("") or {}, "string", 0)
  for _, value in ipairs({0, true, print, coroutine.create(print)}) do
    walk(getmetatable(value) or {}, type(value), 0)
  end
  walk({string.gmatch("a", "a"), coroutine.wrap(print), pairs({}), utf8.codes("a")}, "iterators", 0)
  return found and "BREACH: " .. found or "held"
end
