"""The maps of nginx's configuration: which file a client likes best, of which type and coding it is. Pure."""

from __future__ import annotations

from mimetypes import guess_type

from broadsheet.press.export.names import BY_EXTENSION, BY_NAME, HTML

ASSETS = (
    "css", "js", "mjs", "json", "map", "woff2", "woff", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico",
    "pdf", "csv", "docx", "ods", "xlsx",
)  # fmt: skip
TEXT = {"css", "js", "mjs"}
ENCODINGS = (("br", "br", ".br"), ("zstd", "zstd", ".zst"), ("gzip", "gzip", ".gz"))
USUAL = {
    "": "", "gzip": ".gz", "gzip, deflate": ".gz", "gzip,deflate": ".gz", "gzip, deflate, br": ".br",
    "gzip,deflate,br": ".br", "gzip, deflate, br, zstd": ".br", "br": ".br", "zstd": ".zst",
}  # fmt: skip
"""What nearly all clients send, and the suffix of the file they like best: looked up, where the rest is matched."""
ITEM = r"(?:^|,)\s*"
END = r"\s*(?:,|$)"
NOT = r"\s*;\s*q=0(?:\.0*)?"
MAYBE = r"\s*(?:;[^,]*)?"


def maps() -> list[str]:
    """Blocks for nginx's http context."""
    return [_usual(), *map(_accepts, ENCODINGS), _names(), _types()]


def _usual() -> str:
    """The suffix of the file that a usual client likes best; for any other one that no file has."""
    lines = "\n".join(f'    "{sent}" "{suffix}";' for sent, suffix in USUAL.items())
    codings = "\n".join(f'    "{suffix}" "{token}";' for _, token, suffix in ENCODINGS)
    return f"""
map $http_accept_encoding $bs_best {{
    default ".no";
{lines}
}}
map $bs_best $bs_best_coding {{
    default "";
{codings}
}}"""


def _accepts(encoding: tuple[str, str, str]) -> str:
    """Whether the client takes a coding: the suffix of its files, or one that no file has."""
    name, token, suffix = encoding
    return f"""
map $http_accept_encoding $bs_{name} {{
    default ".no";
    "~*{ITEM}{token}{NOT}{END}" ".no";
    "~*{ITEM}{token}{MAYBE}{END}" "{suffix}";
    "~*{ITEM}\\*{NOT}{END}" ".no";
    "~*{ITEM}\\*{MAYBE}{END}" "{suffix}";
}}"""


def _names() -> str:
    """The file of an address, and the coding of the file that was found."""
    codings = "\n".join(f'    "~\\{suffix}$" "{token}";' for _, token, suffix in ENCODINGS)
    return f"""
map $uri $bs_file {{
    default $uri;
    "~/$" "${{uri}}index.html";
}}
map $uri $bs_coding {{
    default "";
{codings}
}}"""


def _types() -> str:
    """The content type by name, whatever the coding; none with 304."""
    packed = r"(?:\.(?:br|zst|gz))?$"
    rules = [(name.replace(".", r"\."), kind) for name, kind in BY_NAME.items()]
    lines = [f'    "~/{name}{packed}" "{kind}";' for name, kind in rules]
    lines += [f'    "~\\.{extension}{packed}" "{kind}";' for extension, kind in _extensions().items()]
    return "\n".join(
        [
            "\nmap $uri $bs_type {", '    default "application/octet-stream";', *lines, "}",
            "map $status $bs_sent_type {", '    default "$bs_type";', '    304 "";', "}",
            "map $status $bs_sent_html {", f'    default "{HTML}";', '    304 "";', "}",
        ]
    )  # fmt: skip


def _extensions() -> dict[str, str]:
    found = {extension: guess_type(f"a.{extension}")[0] or "application/octet-stream" for extension in ASSETS}
    quoted = {e: f'{kind}; charset=\\"utf-8\\"' if e in TEXT else kind for e, kind in found.items()}
    return {**BY_EXTENSION, **quoted}
