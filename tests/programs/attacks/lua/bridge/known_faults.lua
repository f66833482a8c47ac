-- Repeats programs that once crashed releases of Lua 5.4 (CVE-2021-43519, CVE-2021-44647, CVE-2022-28805, CVE-2022-33099).
-- ends: ok
-- value: "held"
local programs = {
  "local function loop() return assert(pcall(loop)) end coroutine.wrap(loop)()",
  "local e = setmetatable({}, {__index = function(_, k) error(k) end}) local function f() return e[f] end pcall(f)",
  "local a <const> = 1 local b <close> = nil goto l1 do ::l1:: end _ENV = 1",
  "local _ENV <const> = {} function x() return _ENV end a.b.c = 1",
  "local _ENV <const> = 'A' return y .. z",
  "local x = {} ; x[1] = x ; return ('%d'):format(x)",
  "return setmetatable({}, {__gc = function(o) getmetatable(o).__gc = nil error(o) end})",
  "local t = setmetatable({}, {__mode = 'k'}) for i = 1, 1000 do t[{}] = {} end return next(t, {})",
  "return coroutine.close(coroutine.create(function() local x <close> = setmetatable({}, {__close = error}) end))",
  "local c c = coroutine.wrap(function() local x <close> = setmetatable({}, {__close = function() c() end}) error() end) c()",
  "for i = math.maxinteger - 1, math.maxinteger do end for i = 1, 0, math.mininteger do end return 1 // 0",
  "return math.mininteger // -1, math.mininteger % -1, -math.mininteger",
  "return ('x'):rep(0, ('y'):rep(100)), ('x'):rep(-1)",
  "return string.find('a', ('a?'):rep(190) .. ('(a)'):rep(33))",
}

function solve()
  for _, text in ipairs(programs) do
    local chunk = load(text)
    if chunk then
      pcall(chunk)
      pcall(coroutine.wrap(chunk))
    end
  end
  return "held"
end
