-- The time, the clock and dates.
-- value: [true, true, "1970-01-02", 86400, 1970, true, 3600, true]
function solve()
  local began = os.clock()
  local noon = os.time({year = 2024, month = 5, day = 17, hour = 12})
  return {
    os.time() > 1600000000, os.clock() >= began, os.date("!%Y-%m-%d", 86400), os.difftime(86400, 0), os.date("!*t", 0).year,
    type(os.date()) == "string", os.time({year = 2024, month = 5, day = 17, hour = 13}) - noon, os.date("*t").month <= 12,
  }
end
