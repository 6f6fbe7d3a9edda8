"""What the wire does: it listens, keeps what it hears, and does what the desk asks of an item."""

from broadsheet.wire.actions.items import hold, mark_filed, spike, unspike
from broadsheet.wire.actions.lists import ImportReport, export_opml, import_opml
from broadsheet.wire.actions.pictures import FetchedPicture, fetch_picture
from broadsheet.wire.actions.polling import PollReport, poll, poll_due, poll_sources
from broadsheet.wire.actions.sources import Probe, add_source, probe

__all__ = [
    "FetchedPicture",
    "ImportReport",
    "PollReport",
    "Probe",
    "add_source",
    "export_opml",
    "fetch_picture",
    "hold",
    "import_opml",
    "mark_filed",
    "poll",
    "poll_due",
    "poll_sources",
    "probe",
    "spike",
    "unspike",
]
