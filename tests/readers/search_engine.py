"""A search engine in miniature: it keeps documents and answers the part of the Query DSL that is asked of it here.

It stands for Elasticsearch 9 and OpenSearch 3 in what clients send and get, not in scoring by frequency, analysis of
languages, or speed. An unknown clause is an error, so that nothing passes unseen.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

WORD = re.compile(r"\w+")


class Engine:
    """Indexes by name: their mappings and documents."""

    def __init__(self) -> None:
        self.mappings: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, dict[str, dict[str, Any]]] = {}
        self.asked: list[str] = []
        self.connections = 0
        """How many were opened."""
        self.broken = 0
        """The status it answers everything with, if any."""
        self.goes_on = threading.Event()
        """While it is not set, whoever asks is kept waiting."""
        self.goes_on.set()

    def words(self, name: str, field: str, document: dict[str, Any]) -> list[str]:
        """The words of a field, with what is copied into it."""
        texts = [document.get(field, "")]
        for other, rule in self.mappings[name].items():
            copied = rule.get("copy_to", [])
            if field in ([copied] if isinstance(copied, str) else copied):
                texts.append(document.get(other) or "")
        text = " ".join(" ".join(text) if isinstance(text, list) else str(text) for text in texts)
        whole = self.mappings[name].get(field, {}).get("analyzer") == "whitespace"
        return text.split() if whole else [word.lower() for word in WORD.findall(text)]

    def score(self, name: str, query: dict[str, Any], document: dict[str, Any]) -> float | None:
        """How well a document fits a query; None if it does not."""
        ((kind, rule),) = query.items()
        return getattr(self, f"_{kind}")(name, rule, document)

    def _bool(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        listed = {
            key: value if isinstance(value, list) else [value]
            for key, value in rule.items()
            if key != "minimum_should_match"
        }
        must = [self.score(name, part, document) for part in listed.get("must", [])]
        filters = [self.score(name, part, document) for part in listed.get("filter", [])]
        should = [found for part in listed.get("should", []) if (found := self.score(name, part, document)) is not None]
        least = rule.get("minimum_should_match", 0 if must or filters or "should" not in rule else 1)
        without = [self.score(name, part, document) for part in listed.get("must_not", [])]
        if None in must or None in filters or len(should) < least or any(found is not None for found in without):
            return None
        return sum(found or 0 for found in must) + sum(should)

    def _constant_score(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        return None if self.score(name, rule["filter"], document) is None else float(rule.get("boost", 1))

    def _match(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        ((field, asked),) = rule.items()
        asked = asked if isinstance(asked, dict) else {"query": asked}
        if self.mappings[name].get(field, {}).get("type") == "keyword":
            return 0.0 if asked["query"] in document[field] else None
        stands = self.words(name, field, document)
        begun = self.mappings[name].get(field, {}).get("analyzer") == "edgengram_analyzer"
        hits = [
            any(word.startswith(found) if begun else word == found for word in stands)
            for found in map(str.lower, WORD.findall(asked["query"]))
        ]
        return 1.0 if hits and (all(hits) if asked.get("operator") == "and" else any(hits)) else None

    def _multi_match(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        kind = "match_phrase" if rule.get("type") == "phrase" else "match"
        asked = {"query": rule["query"], **({"operator": rule["operator"]} if "operator" in rule else {})}
        parts = [{kind: {field.partition("^")[0]: asked}} for field in rule["fields"]]
        return max((found for part in parts if (found := self.score(name, part, document)) is not None), default=None)

    def _match_phrase(
        self, name: str, rule: dict[str, Any], document: dict[str, Any], begun: bool = False
    ) -> float | None:
        ((field, asked),) = rule.items()
        wanted = (asked["query"] if isinstance(asked, dict) else asked).split()
        stands = self.words(name, field, document)
        for at in range(len(stands) - len(wanted) + 1):
            part = stands[at : at + len(wanted)]
            if part[:-1] == wanted[:-1] and (part[-1].startswith(wanted[-1]) if begun else part[-1] == wanted[-1]):
                return 1.0
        return None

    def _match_phrase_prefix(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        return self._match_phrase(name, rule, document, begun=True)

    def _term(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        ((field, wanted),) = rule.items()
        stands = document.get(field)
        return 0.0 if wanted == stands or (isinstance(stands, list) and wanted in stands) else None

    def _terms(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        ((field, wanted),) = rule.items()
        return 0.0 if document.get(field) in wanted else None

    def _prefix(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        ((field, wanted),) = rule.items()
        return 0.0 if str(document[field]).startswith(wanted) else None

    def _match_all(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        return 1.0

    def _range(self, name: str, rule: dict[str, Any], document: dict[str, Any]) -> float | None:
        ((field, bounds),) = rule.items()
        assert set(bounds) <= {"gte", "lt"}
        return 0.0 if bounds.get("gte", "") <= document[field] < bounds.get("lt", "~") else None


class Handler(BaseHTTPRequestHandler):
    """The HTTP side."""

    engine: Engine
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.engine.connections += 1

    def log_message(self, *args: Any) -> None:
        pass

    def _answer(self, value: Any, status: int = 200) -> None:
        body = b"" if self.command == "HEAD" else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", self.headers.get("Accept", "application/json").split(",")[0])
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _handle(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = [unquote(part) for part in urlsplit(self.path).path.split("/") if part]
        self.engine.asked.append(f"{self.command} /{'/'.join(path)}")
        self.engine.goes_on.wait()
        if self.engine.broken:
            self._answer({"error": {"type": "broken"}, "status": self.engine.broken}, self.engine.broken)
        elif path and path[-1] == "_bulk":
            self._bulk(path[0], sent)
        else:
            self._one(path, json.loads(sent) if sent else {})

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _handle  # noqa: N815 (the library's names)

    def _one(self, path: list[str], sent: dict[str, Any]) -> None:
        match (self.command, *path):
            case ("GET",):
                self._answer({"version": {"number": "9.9.9"}, "tagline": "You Know, for Search"})
            case ("HEAD", name):
                self._answer({}, 200 if name in self.engine.mappings else 404)
            case ("PUT", name):
                self.engine.mappings[name], self.engine.documents[name] = {}, {}
                self._answer({"acknowledged": True})
            case ("GET", name, "_mapping"):
                known = self.engine.mappings[name]
                self._answer({name: {"mappings": {"properties": known} if known else {}}})
            case ("PUT" | "POST", name, "_mapping"):
                self.engine.mappings[name] |= sent["properties"]
                self._answer({"acknowledged": True})
            case ("PUT" | "POST", name, "_doc", pk):
                self.engine.documents[name][pk] = sent
                self._answer({"result": "created"})
            case ("DELETE", name, "_doc", pk):
                gone = self.engine.documents[name].pop(pk, None)
                self._answer({"result": "deleted" if gone else "not_found"}, 200 if gone else 404)
            case (_, name, "_search" | "_count") if name not in self.engine.mappings:
                self._answer({"error": {"type": "index_not_found_exception"}, "status": 404}, 404)
            case (_, name, "_count"):
                self._answer({"count": len(self._hits(name, sent["query"]))})
            case (_, name, "_search"):
                self._search(name, sent)
            case _:
                raise AssertionError(f"nobody has taught this engine {self.command} {self.path}")

    def _bulk(self, name: str, sent: bytes) -> None:
        lines = [json.loads(line) for line in sent.splitlines() if line]
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            self.engine.documents[name][action["index"]["_id"]] = document
        self._answer({"errors": False, "items": [{"index": {"status": 201}} for _ in lines[::2]]})

    def _hits(self, name: str, query: dict[str, Any]) -> list[tuple[float, str, dict[str, Any]]]:
        found = [(self.engine.score(name, query, one), pk, one) for pk, one in self.engine.documents[name].items()]
        return [(score, pk, one) for score, pk, one in found if score is not None]

    def _search(self, name: str, sent: dict[str, Any]) -> None:
        hits = self._hits(name, sent["query"])
        for order in reversed(sent.get("sort", [{"_score": "desc"}])):
            ((field, way),) = order.items()
            hits.sort(key=lambda hit: hit[0] if field == "_score" else hit[2][field], reverse=way == "desc")
        if asked := sent.get("aggregations"):
            ((label, rule),) = asked.items()
            counts = Counter(one[rule["terms"]["field"]] for _, _, one in hits)
            buckets = [{"key": key, "doc_count": count} for key, count in counts.items()]
            self._answer({"hits": {"hits": []}, "aggregations": {label: {"buckets": buckets}}})
            return
        shown = hits[sent.get("from", 0) :][: sent.get("size", 10)]
        self._answer({"hits": {"hits": [self._hit(*hit) for hit in shown]}})

    def _hit(self, score: float, pk: str, document: dict[str, Any]) -> dict[str, Any]:
        fields = {"pk": [document["pk"]]}
        if "marks" in document:
            at = datetime.fromisoformat(document["listed_at"])
            fields |= {"marks": document["marks"], "listed_at": [str(int(at.timestamp() * 1000))]}
        return {"_id": pk, "_score": score, "fields": fields}


@contextmanager
def running() -> Iterator[tuple[Engine, int]]:
    """An engine on a port of this machine."""
    engine = Engine()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"engine": engine}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield engine, server.server_port
    finally:
        engine.goes_on.set()
        server.shutdown()
        server.server_close()
