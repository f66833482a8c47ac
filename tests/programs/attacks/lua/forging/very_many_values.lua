-- Returns more values than anything could take.
-- ends: ok, runtime_error, resource
function solve()
  return table.unpack({}, 1, 900000)
end
