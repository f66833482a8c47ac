# Code that is made as text: eval, exec, compile, ast, types, inspect.
# value: [7, 10, "Add", ["n"], 3, "made"]
import ast
import inspect
import types


def solve(n):
    space = {}
    exec("def double(x):\n    return 2 * x", space)
    tree = ast.parse("1 + 2", mode="eval")
    made = types.SimpleNamespace(name="made")
    return [
        eval("n + 2"),
        space["double"](n),
        type(tree.body.op).__name__,
        list(inspect.signature(solve).parameters),
        eval(compile(tree, "<text>", "eval")),
        made.name,
    ]
