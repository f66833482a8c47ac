-- What a Lua program may use, how it is called, and how its answer is written down as JSON.
-- The chunk returns one function: run(source, arguments, count, names) -> ending, reason, limit, entry, loaded, value.

local assert, error, ipairs, load, next, pcall, rawget, rawlen, select, tostring, type, xpcall =
  assert, error, ipairs, load, next, pcall, rawget, rawlen, select, tostring, type, xpcall
local concat, unpack, format, gsub, find, byte = table.concat, table.unpack, string.format, string.gsub, string.find, string.byte
local math_type, tointeger, huge = math.type, math.tointeger, math.huge
local out = io.stdout
local write, flush = out.write, out.flush
out:setvbuf("full", 65536)

local printed = 0 -- bytes

local function put(text)
  printed = printed + #text
  write(out, text)
end

-- What programs see ---------------------------------------------------------------------------------------------------

local function safe_globals()
  local os_time, os_clock, os_date, os_difftime = os.time, os.clock, os.date, os.difftime
  for _, name in ipairs {"python", "debug", "package", "require", "dofile", "loadfile", "collectgarbage"} do
    _G[name] = nil
  end
  io = {
    write = function(...)
      for i = 1, select("#", ...) do
        put(tostring((select(i, ...))))
      end
    end,
  }
  os = {time = os_time, clock = os_clock, date = os_date, difftime = os_difftime}
  string.dump = nil
  print = function(...)
    local parts = {}
    for i = 1, select("#", ...) do
      parts[i] = tostring((select(i, ...)))
    end
    put(concat(parts, "\t") .. "\n")
  end
  _G.load = function(chunk, name, _, env)
    if env == nil then
      return load(chunk, name, "t")
    end
    return load(chunk, name, "t", env)
  end
  -- Idioms of Lua 5.1 and LuaJIT that models write.
  loadstring = _G.load
  _G.unpack = unpack
  table.getn = function(t) return #t end
  table.maxn = function(t)
    local most = 0
    for key in next, t do
      if type(key) == "number" and key > most then
        most = key
      end
    end
    return most
  end
  math.pow = function(x, y) return x ^ y end
  math.mod = math.fmod
end

-- JSON ----------------------------------------------------------------------------------------------------------------

local function escaped(text)
  text = gsub(text, '[%c"\\]', function(c) return format("\\u%04x", byte(c)) end)
  return '"' .. text .. '"'
end

-- In Lua, / always yields a float: a float with an integral value is written as the integer that it stands for.
local function number(x)
  local whole = math_type(x) == "integer" and x or tointeger(x)
  if whole then
    return format("%d", whole)
  end
  if x ~= x or x == huge or x == -huge then
    error({bad = "a number that is not finite"})
  end
  return format("%.17g", x)
end

local encode

local function encode_table(t, depth)
  if depth > 100 then
    error({bad = "a table that is too deep, or that contains itself"})
  end
  local length, count = rawlen(t), 0
  for _ in next, t do
    count = count + 1
  end
  local parts = {}
  if count == length then
    for i = 1, length do
      parts[i] = encode(rawget(t, i), depth + 1)
    end
    return "[" .. concat(parts, ",") .. "]"
  end
  for key, value in next, t do
    if type(key) ~= "string" and type(key) ~= "number" then
      error({bad = "a table with a key of type " .. type(key)})
    end
    parts[#parts + 1] = escaped(tostring(key)) .. ":" .. encode(value, depth + 1)
  end
  return "{" .. concat(parts, ",") .. "}"
end

encode = function(value, depth)
  local kind = type(value)
  if kind == "number" then
    return number(value)
  elseif kind == "string" then
    return escaped(value)
  elseif kind == "boolean" then
    return value and "true" or "false"
  elseif kind == "table" then
    return encode_table(value, depth)
  elseif kind == "nil" then
    return "null"
  end
  error({bad = "a value of type " .. kind})
end

-- Running -------------------------------------------------------------------------------------------------------------

local function told(problem)
  if type(problem) == "string" then
    return problem
  end
  return "an error of type " .. type(problem)
end

local function failed(problem, loaded)
  flush(out)
  local reason = told(problem)
  if find(reason, "not enough memory", 1, true) then
    return "resource", "the program ran out of memory", "memory", nil, loaded, nil
  end
  return "runtime_error", reason, nil, nil, loaded, nil
end

-- `solve`; else the only function that the program made; else the last, in the text, of them.
local function entry_point(before, returned, source)
  if type(rawget(_G, "solve")) == "function" then
    return solve, "solve"
  end
  if type(returned) == "function" then
    return returned, "(returned)"
  end
  if type(returned) == "table" and type(rawget(returned, "solve")) == "function" then
    return rawget(returned, "solve"), "solve"
  end
  local last, place, name = nil, -1, nil
  for key, value in next, _G do
    if type(value) == "function" and type(key) == "string" and before[key] ~= value then
      local at = find(source, "function%s+" .. gsub(key, "%W", "%%%0") .. "%s*%(") or 0
      if at > place then
        last, place, name = value, at, key
      end
    end
  end
  return last, name
end

safe_globals()

return function(source, arguments, count, names)
  local chunk, problem = load(source, "=program", "t")
  if not chunk then
    return "syntax", told(problem), nil, nil, 0, nil
  end
  local before = {}
  for key, value in next, _G do
    before[key] = value
  end
  local loaded_well, returned = pcall(chunk)
  if not loaded_well then
    return failed(returned, 0)
  end
  local loaded = printed
  local call, name = entry_point(before, returned, source)
  if not call then
    flush(out)
    if loaded > 0 then
      return "ok", nil, nil, nil, 0, nil
    end
    return "entry_point", "no function solve(" .. names .. ") is defined", nil, nil, 0, nil
  end
  local called_well, value = pcall(call, unpack(arguments, 1, count))
  if not called_well then
    return failed(value, loaded)
  end
  flush(out)
  if value == nil then
    return "ok", nil, nil, name, loaded, nil
  end
  local encoded_well, text = pcall(encode, value, 0)
  if encoded_well then
    return "ok", nil, nil, name, loaded, text
  end
  if type(text) == "table" and text.bad then
    return "bad_return", "the function returned " .. text.bad, nil, name, loaded, nil
  end
  return failed(text, loaded)
end
