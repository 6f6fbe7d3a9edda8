"""What readers agree to, in the words they read; the proof of consent keeps them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from broadsheet.readers.newsletters.models import Newsletter


def terms() -> str:
    """The line below every form."""
    return _(
        "We use your address for these letters only and give it to nobody. You can leave with one click in every "
        "letter. Whether you open a letter is not tracked."
    )


def wording_of(newsletter: Newsletter) -> str:
    """The list's promise with the line below the form."""
    return f"{newsletter.name}: {newsletter.promise} {terms()}"
