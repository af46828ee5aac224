"""Prose kept in `prompts/`: Jinja in Markdown, whole files or single blocks of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.content.places import builtin, shown
from coach.content.shape import did_you_mean
from coach.errors import ContentError, NotFoundError, Problem

if TYPE_CHECKING:
    from jinja2 import Environment, Template


class FilePrompts:
    """The `Prompts` port over a folder of Markdown. Each file is compiled once for the whole process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or builtin("prompts")

    def render(self, name: str, block: str | None = None, **values: Any) -> str:
        """The prompt `name` (a path below `prompts/`, no ending), or one block of it, without outer white space.

        Raises NotFoundError where there is no such prompt or block, ContentError where the file cannot be
        used or `values` lacks something it needs.
        """
        from jinja2 import UndefinedError  # noqa: PLC0415 - a page without a prompt needs no Jinja

        template = self._template(name)
        try:
            if block is None:
                return template.render(values).strip()
            if block not in template.blocks:
                near = did_you_mean(block, template.blocks) or f"; it has {', '.join(template.blocks) or 'none'}"
                raise NotFoundError(f"the prompt {name!r} has no block {block!r}{near}")
            return "".join(template.blocks[block](template.new_context(values))).strip()
        except UndefinedError as error:
            missing = sorted(self._needs(name, block) - values.keys())
            message = f"needs {', '.join(missing)}" if missing else str(error)
            raise ContentError([Problem(shown(self._path(name)), 0, block or "", message)]) from None

    def version(self, *names: str) -> str:
        """Fingerprint of the named prompts: twelve hex digits that change with any word of them."""
        files = [self._path(name).read_bytes() for name in names if self._template(name)]
        return sha256(b"\n".join(files)).hexdigest()[:12]

    def problems(self) -> Iterator[Problem]:
        """What is wrong in any of the files, before a round needs them."""
        for name in self._names():
            try:
                self._template(name)
            except ContentError as error:
                yield from error.problems

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.md"

    def _names(self) -> list[str]:
        return [
            path.relative_to(self._folder).with_suffix("").as_posix() for path in sorted(self._folder.rglob("*.md"))
        ]

    def _template(self, name: str) -> Template:
        from jinja2 import TemplateNotFound, TemplateSyntaxError  # noqa: PLC0415

        try:
            return _jinja(self._folder).get_template(f"{name}.md")
        except TemplateNotFound as error:
            names = self._names()
            wanted = (error.name or name).removesuffix(".md")
            near = did_you_mean(wanted, names) or f"; there are {', '.join(names) or 'none'}"
            raise NotFoundError(f"no prompt {wanted!r}{near}") from None
        except TemplateSyntaxError as error:
            path = Path(error.filename) if error.filename else self._path(name)
            problem = Problem(shown(path), error.lineno, "", f"not valid Jinja: {error.message}")
            raise ContentError([problem]) from None
        except UnicodeDecodeError:
            problem = Problem(shown(self._path(name)), 0, "", "is not UTF-8 text; save it as UTF-8")
            raise ContentError([problem]) from None

    def _needs(self, name: str, block: str | None) -> set[str]:
        """Values the file, or one block of it, speaks of."""
        from jinja2 import meta, nodes  # noqa: PLC0415

        tree = _jinja(self._folder).parse(self._path(name).read_text(encoding="utf-8"))
        for found in tree.find_all(nodes.Block):
            if found.name == block:
                tree = nodes.Template(found.body, lineno=1)
                tree.set_environment(_jinja(self._folder))
        return set(meta.find_undeclared_variables(tree))


@cache
def _jinja(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=False,  # noqa: S701 - Markdown for a model or a terminal, not HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
