"""What a monitor asks for takes no page's place: newspapers have a section for health."""

from __future__ import annotations

import json

import pytest

from broadsheet.press.export.exporter import Exporter
from broadsheet.press.surveying import survey
from tests.factories import make_article, make_section


@pytest.fixture
def health(reader):
    section = make_section(title="Health and medicine", slug="health")
    make_article(section, slug="flu")
    return section


@pytest.mark.usefixtures("health")
def test_a_section_for_health_is_read_through_the_front(reader, edition):
    for _ in range(2):  # printed, then kept
        assert "Health and medicine" in reader.get("/health/").text
        assert reader.get("/health/flu/").status == 200
        survey(edition)
        told = reader.get("/health.json")
        assert told.headers["Content-Type"] == "application/json"
        assert json.loads(told.body)["readable"]


@pytest.mark.usefixtures("health")
def test_and_where_no_front_stands_before_django(client):
    assert "Health and medicine" in client.get("/health/").content.decode()
    assert client.get("/health.json").json()["readable"]


@pytest.mark.usefixtures("health")
def test_and_in_the_exported_tree(reader, edition, tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path / "static")
    (tmp_path / "static").mkdir()
    assert Exporter(edition, tmp_path / "tree").run().failed == []
    assert "Health and medicine" in (tmp_path / "tree" / "health" / "index.html").read_text()
