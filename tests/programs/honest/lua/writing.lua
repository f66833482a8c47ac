-- io.write and io.stdout:write, one after the other, with numbers and chained calls.
-- printed: 5 5.0 x\na	b\nchained\n1|2\n
function solve(n)
  io.write(n, " ", n + 0.0, " ", "x", "\n")
  print("a", "b")
  io.stdout:write("chained"):write("\n")
  io.write(1):write("|", 2, "\n")
  io.stdout:flush()
  io.flush()
  io.stderr:write("not this\n")
  io.output():write("")
end
