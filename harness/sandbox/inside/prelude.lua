-- What a Lua program may use, how it is called, and how its answer is written down as JSON.
-- The chunk returns one function: run(source, arguments, count, names) -> ending, reason, limit, entry, value.

local error, getmetatable, ipairs, load, next, pcall, rawget, rawlen, select, tostring, type =
  error, getmetatable, ipairs, load, next, pcall, rawget, rawlen, select, tostring, type
local globals = _G
local concat, unpack, format, gsub, find, byte = table.concat, table.unpack, string.format, string.gsub, string.find, string.byte
local math_type, tointeger, huge = math.type, math.tointeger, math.huge
local out = io.stdout
local write, flush = out.write, out.flush
out:setvbuf("full", 65536)

-- Only what is printed while the function is called counts.
local calling = false

local function put(...)
  if calling then
    write(out, ...)
  end
end

-- What programs see ---------------------------------------------------------------------------------------------------

-- A file of which nothing comes but, for standard output, what is written to it.
local function file(write_text)
  local handle = {}
  function handle:write(...)
    for i = 1, select("#", ...) do
      write_text(tostring((select(i, ...))))
    end
    return self
  end
  function handle:read() return nil end
  function handle:lines() return function() end end
  function handle:flush() return self end
  function handle:setvbuf() return true end
  function handle:close() return true end
  return handle
end

-- Raised by os.exit: a program that is left while it is loaded has defined what it has.
local left = {}

-- What a program may not do ends it, unless it catches that, and says which wall it met.
local function forbidden(what, wall)
  return function()
    error({forbidden = what .. " is not available to programs", wall = wall}, 0)
  end
end

-- As the library answers where a file cannot be had.
local function no_file(path)
  return nil, tostring(path) .. ": Permission denied", 13
end

local function only_standard_library()
  local os_time, os_clock, os_date, os_difftime = os.time, os.clock, os.date, os.difftime
  for _, name in ipairs {"python", "debug", "package", "require", "dofile", "loadfile", "collectgarbage"} do
    _G[name] = nil
  end
  local stdout, stderr, stdin = file(put), file(function() end), file(function() end)
  io = {
    stdout = stdout, stderr = stderr, stdin = stdin,
    write = function(...) return stdout:write(...) end,
    read = function() return nil end,
    lines = function() return function() end end,
    input = function() return stdin end,
    output = function() return stdout end,
    flush = function() return stdout end,
    close = function() return true end,
    type = function(handle) return (handle == stdout or handle == stderr or handle == stdin) and "file" or nil end,
    open = no_file,
    tmpfile = forbidden("io.tmpfile", "files"),
    popen = forbidden("io.popen", "processes"),
  }
  os = {
    time = os_time, clock = os_clock, date = os_date, difftime = os_difftime,
    getenv = function() return nil end,
    setlocale = function() return nil end,
    remove = no_file, rename = no_file,
    tmpname = forbidden("os.tmpname", "files"),
    execute = forbidden("os.execute", "processes"),
    exit = function() error(left, 0) end,
  }
  loadfile = no_file
  dofile = forbidden("dofile", "files")
  debug = {
    traceback = function(message)
      return message == nil and "stack traceback:" or message
    end,
  }
  collectgarbage = function() return 0 end
  string.dump = nil
  print = function(...)
    local count = select("#", ...)
    if count == 1 then -- by far the most usual, and a long list is as many calls
      return put(tostring(...), "\n")
    end
    local parts = {}
    for i = 1, count do
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
  math.randomseed(0)
end

-- Idioms of Lua 5.1 and LuaJIT that models write.
local function older_idioms()
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
  math.log10 = function(x) return math.log(x, 10) end
  math.ldexp = function(x, exponent) return x * 2.0 ^ exponent end
  local function folded(step, first)
    return function(...)
      local result = first
      for i = 1, select("#", ...) do
        result = step(result, tointeger((select(i, ...))) or error("number has no integer representation", 2))
      end
      return result & 0xFFFFFFFF
    end
  end
  bit32 = {
    band = folded(function(x, y) return x & y end, 0xFFFFFFFF),
    bor = folded(function(x, y) return x | y end, 0),
    bxor = folded(function(x, y) return x ~ y end, 0),
    bnot = function(x) return ~x & 0xFFFFFFFF end,
    lshift = function(x, by) return (x << by) & 0xFFFFFFFF end,
    rshift = function(x, by) return (x & 0xFFFFFFFF) >> by end,
  }
  bit = {} -- LuaJIT's: the same with a sign
  for name, operation in next, bit32 do
    bit[name] = function(...)
      local result = operation(...)
      return result >= 0x80000000 and result - 0x100000000 or result
    end
  end
  bit.tobit = bit.bor
end

local function standard_modules()
  local standard = {
    string = string, table = table, math = math, coroutine = coroutine, utf8 = utf8, io = io, os = os,
    bit = bit, bit32 = bit32,
  }
  require = function(name)
    if standard[name] then
      return standard[name]
    end
    local loader = package.preload[name]
    if type(loader) == "function" then
      standard[name] = loader(name) or true
      return standard[name]
    end
    error("module '" .. tostring(name) .. "' not found: only the standard library is there", 2)
  end
  package = {path = "", cpath = "", loaded = standard, preload = {}}
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
  local length, listed, others = rawlen(t), 0, 0
  for key, value in next, t do
    if math_type(key) == "integer" and key >= 1 and key <= length then
      listed = listed + 1
    elseif key ~= "n" or value ~= length then -- table.pack and old idioms leave an n
      others = others + 1
    end
  end
  local parts = {}
  if listed == length and others == 0 then
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
  if type(problem) == "table" then
    local shown, text = pcall(tostring, problem)
    if shown and not find(text, "^table: ") then
      return text
    end
  end
  return "an error of type " .. type(problem)
end

local function callable(value)
  if type(value) == "table" then
    local meta = getmetatable(value)
    return type(meta) == "table" and type(rawget(meta, "__call")) == "function"
  end
  return type(value) == "function"
end

local function failed(problem)
  flush(out)
  if type(problem) == "table" and type(rawget(problem, "forbidden")) == "string" then
    return "forbidden", rawget(problem, "forbidden"), rawget(problem, "wall"), nil, nil
  end
  if problem == left then
    return "runtime_error", "os.exit was called before anything was handed back", nil, nil, nil
  end
  local reason = told(problem)
  if find(reason, "not enough memory", 1, true) then
    return "resource", "the program ran out of memory", "memory", nil, nil
  end
  return "runtime_error", reason, nil, nil, nil
end

-- Where in the program's text a global function is defined, and whether its parameters are the arguments' names.
local function defined(source, name, names)
  local plain = gsub(name, "%W", "%%%0")
  local at, _, parameters = find(source, "function%s+" .. plain .. "%s*(%b())")
  if not at then
    at, _, parameters = find(source, plain .. "%s*=%s*function%s*(%b())")
  end
  return at or 0, parameters ~= nil and gsub(parameters, "%s", "") == "(" .. gsub(names, "%s", "") .. ")"
end

-- `solve`, local or global; else the function that the program returns; else, of the global ones that it made, the last
-- in the text whose parameters are the arguments' names; else the last.
local function entry_point(before, returned, source, names)
  if callable(rawget(globals, "solve")) then
    return rawget(globals, "solve"), "solve"
  end
  if callable(returned) then
    return returned, "solve"
  end
  if type(returned) == "table" and callable(rawget(returned, "solve")) then
    return rawget(returned, "solve"), "solve"
  end
  local best, place, named, called = nil, -1, false, nil
  for key, value in next, globals do
    if type(value) == "function" and type(key) == "string" and before[key] ~= value then
      local at, fits = defined(source, key, names)
      if (fits and not named) or (fits == named and at > place) then
        best, place, named, called = value, at, fits, key
      end
    end
  end
  return best, called
end

only_standard_library()
older_idioms()
standard_modules()

return function(source, arguments, count, names)
  source = gsub(source, "^#[^\n]*", "")
  local chunk = load(source .. "\nreturn solve", "=program", "t") -- a local solve is an answer too
  local problem
  if not chunk then
    chunk, problem = load(source, "=program", "t")
  end
  if not chunk then
    return "syntax", told(problem), nil, nil, nil
  end
  local before = {}
  for key, value in next, globals do
    before[key] = value
  end
  local loaded_well, returned = pcall(chunk)
  if not loaded_well and returned ~= left then
    return failed(returned)
  end
  local call, name = entry_point(before, returned, source, names)
  if not call then
    return "entry_point", "no function solve(" .. names .. ") is defined", nil, nil, nil
  end
  calling = true
  local called_well, value = pcall(call, unpack(arguments, 1, count))
  if not called_well then
    return failed(value)
  end
  flush(out)
  if value == nil then
    return "ok", nil, nil, name, nil
  end
  local encoded_well, text = pcall(encode, value, 0)
  if encoded_well then
    return "ok", nil, nil, name, text
  end
  if type(text) == "table" and text.bad then
    return "bad_return", "the function returned " .. text.bad, nil, name, nil
  end
  return failed(text)
end
