"""All nodes of a syntax tree in one list: the tree is walked once, and every check looks through the list."""
import ast

# The members of each kind of node that hold nodes, and never an operator or a context: those have nothing inside.
_EMPTY = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)
_AST = ast.AST


def nodes_of(tree):
    """The tree's nodes, outer ones before inner ones; without operators and contexts."""
    found = [tree]
    add = found.append
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                for one in value:
                    if isinstance(one, _AST) and not isinstance(one, _EMPTY):
                        add(one)
            elif isinstance(value, _AST) and not isinstance(value, _EMPTY):
                add(value)
    return found
