"""nginx's configuration for a tree: stock modules only. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from mimetypes import guess_type

from broadsheet.press.export.names import BY_EXTENSION, BY_NAME, HTML, OWN
from broadsheet.press.views.files import MEDIA_HEADERS

ASSETS = (
    "css", "js", "mjs", "json", "map", "woff2", "woff", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico",
    "pdf", "csv", "docx", "ods", "xlsx",
)  # fmt: skip
TEXT = {"css", "js", "mjs"}
ENCODINGS = (("br", "br", ".br"), ("zstd", "zstd", ".zst"), ("gzip", "gzip", ".gz"))
STATIC_HEADERS = (
    ("Cache-Control", "max-age=31536000, public"), ("Access-Control-Allow-Origin", "*"), ("Vary", "Accept-Encoding"),
)  # fmt: skip
"""As the application sends them with the theme's files, whose names change with their content."""
Headers = tuple[tuple[str, str], ...]
USUAL = {
    "": "", "gzip": ".gz", "gzip, deflate": ".gz", "gzip,deflate": ".gz", "gzip, deflate, br": ".br",
    "gzip,deflate,br": ".br", "gzip, deflate, br, zstd": ".br", "br": ".br", "zstd": ".zst",
}  # fmt: skip
"""What nearly all clients send, and the suffix of the file they like best: looked up, where the rest is matched."""
ITEM = r"(?:^|,)\s*"
END = r"\s*(?:,|$)"
NOT = r"\s*;\s*q=0(?:\.0*)?"
MAYBE = r"\s*(?:;[^,]*)?"


@dataclass(frozen=True, kw_only=True)
class Server:
    """What the configuration is for."""

    folder: str
    """The tree, as an absolute path."""
    name: str
    """The site's host name."""
    listen: str
    """Port or address and port."""
    application: str
    """Where Broadsheet answers, as ``http://127.0.0.1:8000``; empty for a mirror without it."""
    headers: Headers
    """What every page carries, without Content-Type."""


def configuration(server: Server) -> str:
    """The text of a file for /etc/nginx/sites-enabled."""
    parts = [_head(server), _usual(), *map(_accepts, ENCODINGS), _names(), _types(), _server(server)]
    return "\n".join(parts)


def _head(server: Server) -> str:
    made = f"# Made by `broadsheet press nginx {server.folder}`. Make it again after an upgrade of Broadsheet."
    if server.application:
        return f"{made}\n# What is not in the tree is asked of {server.application}."
    return (
        f"{made}\nmap_hash_max_size 262144;\nmap_hash_bucket_size 512;\n"
        f"map $uri $bs_moved {{ include {server.folder}/{OWN}/moved.map; }}\n"
        f"map $uri $bs_found {{ include {server.folder}/{OWN}/found.map; }}"
    )


def _usual() -> str:
    """The suffix of the file that a usual client likes best; for any other one that no file has."""
    lines = "\n".join(f'    "{sent}" "{suffix}";' for sent, suffix in USUAL.items())
    return f'\nmap $http_accept_encoding $bs_best {{\n    default ".no";\n{lines}\n}}'


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
        ]
    )  # fmt: skip


def _extensions() -> dict[str, str]:
    found = {extension: guess_type(f"a.{extension}")[0] or "application/octet-stream" for extension in ASSETS}
    quoted = {e: f'{kind}; charset=\\"utf-8\\"' if e in TEXT else kind for e, kind in found.items()}
    return {**BY_EXTENSION, **quoted}


def _server(server: Server) -> str:
    media = tuple((name, MEDIA_HEADERS.get(name, value)) for name, value in server.headers)
    assets = _files("/static/", STATIC_HEADERS, packed=True) + _files("/media/", media)
    assets += _documents(server, media)
    pages = _add([*server.headers, ("Vary", "Accept-Encoding")])
    return f"""
server {{
    listen {server.listen};
    server_name {server.name};
    root {server.folder};
    merge_slashes off;
    charset off;
    absolute_redirect off;

    # Names that are no address of the paper.
    location ~ (?://|/\\.|/index\\.html$|\\.(?:br|zst|gz)$) {{
        {_elsewhere(server)}
    }}

    location / {{
        # Forms, and everything while the tree is not to be trusted.
        error_page 418 = @elsewhere;
        if ($request_method !~ ^(?:GET|HEAD)$) {{ return 418; }}
        if (-f {server.folder}/{OWN}/off) {{ return 418; }}
        types {{ }}
        default_type "";
        # Entity tags are made of the files' content; their times mean nothing.
        if_modified_since off;
        max_ranges 0;
{pages}
        add_header Last-Modified "";
        add_header Content-Type $bs_sent_type;
        add_header Content-Encoding $bs_coding;
        try_files $bs_file$bs_best $bs_file$bs_br $bs_file$bs_zstd $bs_file$bs_gzip $bs_file @elsewhere;
    }}
{assets}
    location @elsewhere {{
        {_elsewhere(server)}
    }}
{_missing(server)}}}
"""


def _files(prefix: str, headers: Headers, *, packed: bool = False) -> str:
    files = "$uri$bs_br $uri$bs_gzip $uri" if packed else "$uri"
    coding = "        add_header Content-Encoding $bs_coding;\n" if packed else ""
    return f"""
    location ^~ {prefix} {{
        types {{ }}
        default_type "";
{_add(headers)}
        add_header Content-Type $bs_sent_type;
{coding}        try_files {files} @elsewhere;
    }}
"""


def _documents(server: Server, headers: Headers) -> str:
    """Who may read a document is the application's to say, when there is one."""
    if not server.application:
        return _files("/documents/", headers)
    return f"""
    location ^~ /documents/ {{
        {_elsewhere(server)}
    }}
"""


def _elsewhere(server: Server) -> str:
    if not server.application:
        return """if ($bs_moved) { return 301 $bs_moved; }
        if ($bs_found) { return 302 $bs_found; }
        return 404;"""
    return f"""proxy_pass {server.application};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-For $remote_addr;
        client_max_body_size 25m;"""


def _missing(server: Server) -> str:
    if server.application:
        return ""
    kept = [(name, "no-store" if name == "Cache-Control" else value) for name, value in server.headers]
    pages = _add(kept, always=True)
    return f"""
    error_page 404 /404.html;
    location = /404.html {{
        types {{ }}
        default_type "";
{pages}
        add_header Content-Type "{HTML}" always;
    }}
"""


def _add(headers: Iterable[tuple[str, str]], *, always: bool = False) -> str:
    end = " always;" if always else ";"
    return "\n".join(f'        add_header {name} "{_quoted(value)}"{end}' for name, value in headers)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
