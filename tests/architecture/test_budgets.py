"""Small functions, small files, one place that writes."""

import ast

from tests.architecture.source import PACKAGE, body_length, functions, modules

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
# Each exception says why it reads better in one piece.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
POSITIONAL = {
    "core/documents/docx_styles.py:attribute": "reads an element as getattr reads an object",
    "core/documents/docx_styles.py:children": "the same",
    "core/documents/pdfium.py:floats": "wraps a C call whose arguments have no names",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base_utils", "tools_common"}

WRITING_METHODS = {
    "bulk_create", "bulk_update", "update_or_create", "get_or_create", "create", "save", "delete", "update",
}  # fmt: skip
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# Folders whose modules may write rows, and single modules that write nothing but their own queue, limit or session.
WRITERS = ("actions", "migrations")
OTHER_WRITERS = {"platform/audit/checking.py": "remembers the outcome of a check, which is nobody's act"}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{name}:{function.name}": body_length(function)
        for name, tree in modules().items()
        for function in functions(tree)
        if body_length(function) > LONGEST_FUNCTION
    }
    assert {name: length for name, length in long.items() if name not in LONG_FUNCTIONS} == {}
    assert set(LONG_FUNCTIONS) <= set(long), "an exception that is no longer needed"


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {
        name: length for name in modules() if (length := len((PACKAGE / name).read_text().splitlines())) > LONGEST_FILE
    }
    assert {name: length for name, length in long.items() if name not in LONG_FILES} == {}
    assert set(LONG_FILES) <= set(long), "an exception that is no longer needed"


def test_no_module_is_named_after_nothing() -> None:
    assert [name for name in modules() if VAGUE & set(name.removesuffix(".py").split("/"))] == []


def test_rows_are_written_only_by_actions() -> None:
    found = {
        name: sorted(set(writes(tree)))
        for name, tree in modules().items()
        if name.startswith(("app/", "platform/")) and not is_writer(name) and list(writes(tree))
    }
    assert {name: lines for name, lines in found.items() if name not in OTHER_WRITERS} == {}
    assert set(OTHER_WRITERS) <= set(found), "an exception that is no longer needed"


def is_writer(name: str) -> bool:
    parts = name.removesuffix(".py").split("/")
    return any(part in WRITERS for part in parts)


def writes(tree: ast.Module) -> list[str]:
    """Calls that write through a manager: ``X.objects...update(...)``, and ``something.save()``."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        through_manager = any(isinstance(part, ast.Attribute) and part.attr in MANAGERS for part in ast.walk(node.func))
        if node.func.attr in WRITING_METHODS and through_manager:
            found.append(f"line {node.lineno}: {node.func.attr}")
        elif node.func.attr == "save" and not node.args and all(k.arg == "update_fields" for k in node.keywords):
            found.append(f"line {node.lineno}: save")
    return found


def test_the_search_for_writes_sees_them() -> None:
    seen = writes(ast.parse("Job.objects.filter(id=1).update(title='x')\njob.save(update_fields=['title'])"))
    assert seen == ["line 1: update", "line 2: save"]
    assert writes(ast.parse("seen.update(x)\nimage.save(buffer, format='PNG')")) == []


def test_no_any_in_core() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name.startswith("core/")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "Any") or (isinstance(node, ast.Attribute) and node.attr == "Any")
    ]
    assert found == []


def test_public_functions_of_core_take_keyword_arguments() -> None:
    found = {
        f"{name}:{function.name}"
        for name, tree in modules().items()
        if name.startswith("core/")
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and len(function.args.args) + len(function.args.posonlyargs) > 1
    }
    assert found - set(POSITIONAL) == set()
    assert set(POSITIONAL) - found == set(), "an exception that is no longer needed"
