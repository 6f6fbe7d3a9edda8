"""nginx's configuration for a tree: stock modules only. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.press.export.names import HTML, OWN
from broadsheet.press.export.nginx_maps import maps
from broadsheet.press.export.tree import ON
from broadsheet.press.views.files import MEDIA_HEADERS

STATIC_HEADERS = (
    ("Cache-Control", "max-age=31536000, public"), ("Access-Control-Allow-Origin", "*"), ("Vary", "Accept-Encoding"),
)  # fmt: skip
"""As the application sends them with the theme's files, whose names change with their content."""
Headers = tuple[tuple[str, str], ...]


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
    parts = [_head(server), *maps(), _server(server)]
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


def _server(server: Server) -> str:
    media = tuple((name, MEDIA_HEADERS.get(name, value)) for name, value in server.headers)
    assets = _files("/static/", STATIC_HEADERS, packed=True) + _files("/media/", media)
    assets += _documents(server, media)
    pages = _pages(server)
    return f"""
server {{
    listen {server.listen};
    server_name {server.name};
    root {_root(server)};
    merge_slashes off;
    charset off;
    absolute_redirect off;

    # Names that are no address of the paper.
    location ~ (?://|/\\.|/index\\.html$|\\.(?:br|zst|gz)$) {{
        {_elsewhere(server)}
    }}

    # Pages, for a client whose wishes are known and the file it likes best is there.
    location ~ /$ {{
{pages}
        add_header Content-Type $bs_sent_html;
        add_header Content-Encoding $bs_best_coding;
        try_files ${{uri}}index.html$bs_best @other;
    }}

    # The same for any other, and pages that are no folder.
    location / {{
        try_files /.none @other;
    }}
    location @other {{
{pages}
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


def _root(server: Server) -> str:
    """Where files are read: through the switch, unless there is nobody else to ask."""
    return f"{server.folder}/{OWN}/{ON}" if server.application else server.folder


def _pages(server: Server) -> str:
    """What all places that serve pages have in common."""
    headers = _add([*server.headers, ("Vary", "Accept-Encoding")])
    return f"""        # Files take GET and HEAD; forms are the application's.
        error_page 405 = @elsewhere;
        types {{ }}
        default_type "";
        # Entity tags are made of the files' content; their times mean nothing.
        if_modified_since off;
        max_ranges 0;
{headers}
        add_header Last-Modified "";"""


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
