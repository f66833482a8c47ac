"""A Python program without its words: so that in a disguise its names do not tell what it solves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache


@lru_cache(maxsize=64)
def neutral(source: str, keep: str) -> str:
    """The same program without comments and docstrings, every name of its own but ``keep`` replaced by x1, x2, ...

    A name keeps its word where the program also has it as an attribute, an import, a keyword of what it calls, or for
    what is caught or matched.
    """
    tree = ast.parse(source)
    kept = {keep, *_kept(tree)}
    own = [name for name in dict.fromkeys(_defined(tree)) if name not in kept]
    renamed = {name: f"x{number}" for number, name in enumerate(own, start=1)}
    return ast.unparse(ast.fix_missing_locations(_Renaming(renamed).visit(tree))) + "\n"


def _defined(tree: ast.AST) -> Iterator[str]:
    """Every name that a program binds, outermost first."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def _kept(tree: ast.AST) -> Iterator[str]:
    """Names in places where none is replaced: were they replaced elsewhere, the program would be another."""
    callable_here = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=str(name)) | ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.alias(name=name):
                yield name.partition(".")[0]
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case ast.Call(func=ast.Name(id=name)) if name in callable_here:
                pass
            case ast.Call(keywords=keywords):
                yield from (keyword.arg for keyword in keywords if keyword.arg is not None)


class _Renaming(ast.NodeTransformer):
    def __init__(self, renamed: dict[str, str]) -> None:
        self._renamed = renamed

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._renamed.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self._renamed.get(node.arg, node.arg)
        node.annotation = None
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Keywords name the parameters of the program's own functions, and of no other."""
        if isinstance(node.func, ast.Name) and node.func.id in self._renamed:
            for keyword in node.keywords:
                keyword.arg = self._renamed.get(keyword.arg or "", keyword.arg)
        return self.generic_visit(node)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> ast.Nonlocal:
        node.names = [self._renamed.get(name, name) for name in node.names]
        return node

    def visit_Global(self, node: ast.Global) -> ast.Global:
        node.names = [self._renamed.get(name, name) for name in node.names]
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = _without_docstring(node.body)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.name = self._renamed.get(node.name, node.name)
        node.body = _without_docstring(node.body)
        node.returns = None
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self._renamed.get(node.name, node.name)
        node.body = _without_docstring(node.body)
        return self.generic_visit(node)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    is_text = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return (body[1:] or [ast.Pass()]) if is_text else body
