-- Prints text that is not flushed, and fails: it must not come out of the next program.
-- pair: look_for_printed_text
-- ends: runtime_error
function solve()
  io.write("PLANTED text without an end")
  error(coroutine.create(function() end))
end
