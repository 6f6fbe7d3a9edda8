"""What devices were told, as the desk sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from broadsheet.readers.push.models import Alert
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_notifications_are_listed_with_what_became_of_them(client: Client, world: Any) -> None:
    client.force_login(User.objects.create_superuser("chief"))
    assert client.get("/desk/notifications/").status_code == 200
    Alert.objects.create(article=make_article(world, title="Gas leak"), state=Alert.State.SENT, sent=2400, failed=3)
    page = client.get("/desk/notifications/").content.decode()
    assert "Gas leak" in page and "2,400 told, 3 not reached" in page and "want none" not in page
    assert client.get("/desk/notifications/new/").status_code == 404


def test_notifications_are_closed_to_reporters(reporter: Client, world: Any) -> None:
    assert reporter.get("/desk/notifications/").status_code in {302, 403}
