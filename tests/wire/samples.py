"""Feeds and pages written for these tests."""

from __future__ import annotations

from html import escape

BODY = (
    "The harbour board voted on Tuesday to rebuild the eastern mole, closing a dispute that has divided the "
    "fishing fleet since the storm of last winter. Work begins in March and will take two years, the board said."
)


def entry(guid: str, title: str, *, link: str = "", body: str = "", date: str = "Mon, 23 Nov 2026 10:00:00 GMT") -> str:
    return (
        f'<item><guid isPermaLink="false">{guid}</guid><title>{escape(title)}</title><link>{escape(link)}</link>'
        f"<description>{escape(body)}</description><pubDate>{date}</pubDate></item>"
    )


def rss(*entries: str, title: str = "Coastal Courier", extra: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://coast.example/</link><language>en</language>{extra}{''.join(entries)}</channel></rss>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Metro Wire</title>
<link rel="alternate" href="https://metro.example/"/><link rel="hub" href="https://hub.example/"/>
<updated>2026-11-23T10:00:00Z</updated>
<entry><id>tag:metro.example,2026:1</id><title>Tram line reopens</title>
<link rel="alternate" href="/news/tram"/><published>2026-11-23T11:00:00+02:00</published>
<updated>2026-11-23T10:00:00Z</updated><author><name>Noor Haddad</name></author><category term="Transport"/>
<summary type="html">&lt;p&gt;Short.&lt;/p&gt;</summary>
<content type="html">&lt;p&gt;The line
&lt;a href="/map?utm_source=feed"&gt;reopened&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Old Town</title><link>https://old.example/</link></channel>
<item rdf:about="https://old.example/1"><title>Market hall listed</title><link>https://old.example/1</link>
<dc:date>2026-11-22T08:00:00Z</dc:date><dc:creator>Ida Berg</dc:creator></item></rdf:RDF>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Bulletin", "language": "en",
 "home_page_url": "https://bulletin.example/", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
 "items": [{"id": 7, "url": "https://bulletin.example/7", "title": "Library hours grow",
 "content_text": "First paragraph.\\n\\nSecond & last.", "date_published": "2026-11-23T09:30:00-05:00",
 "authors": [{"name": "Sam Okoro"}], "tags": ["Culture"], "image": "/i.jpg",
 "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}]}]}"""

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://daily.example/a</loc><news:news>
<news:publication><news:name>The Daily</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-23</news:publication_date><news:title>Bridge opens</news:title></news:news></url>
<url><loc>https://daily.example/about</loc></url></urlset>"""

_LONG = "".join(
    f"<p>Paragraph {number} of the report says that the eastern mole was damaged, that stones were moved by the sea, "
    f"and that engineer number {number} found the foundations sound enough to build on again.</p>"
    for number in ("one", "two", "three", "four", "five", "six")
)

PAGE = f"""<!doctype html><html lang="en"><head><title>Mole to be rebuilt | Coastal Courier</title>
<meta property="og:site_name" content="Coastal Courier"><meta property="og:image" content="/pictures/mole.jpg">
<link rel="canonical" href="/news/mole"><script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Mole to be rebuilt",
"author": [{{"@type": "Person", "name": "Rosa Lind"}}], "datePublished": "2026-11-23T08:00:00Z"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article><h1>Mole to be rebuilt</h1>
<div class="share"><a href="#">Share this</a></div>{_LONG}<p>Story continues below</p>
<p>The last paragraph thanks the <a href="/board?utm_source=x">board</a> for its patience in a long dispute.</p>
</article></main><footer>All rights reserved. Contact. Imprint.</footer></body></html>"""
