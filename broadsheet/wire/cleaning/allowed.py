"""What may stand in the body of a news report. Everything else goes; its text stays, but for code and forms."""

from __future__ import annotations

TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "q", "cite", "pre", "code"),
    *("a", "em", "strong", "b", "i", "u", "s", "sub", "sup", "small", "abbr", "time", "br", "hr", "del", "ins"),
    *("figure", "figcaption", "img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}

ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "title", "width", "height"},
    "abbr": {"title"},
    "time": {"datetime"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "*": {"lang", "dir"},
}

#: Elements whose text is no reading matter either.
WITH_CONTENT = {
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "frame", "frameset"),
    *("svg", "math", "canvas", "audio", "video", "form", "button", "select", "textarea", "input", "option", "datalist"),
    *("nav", "aside", "dialog", "title", "head", "xmp", "noembed", "noframes", "plaintext", "map", "portal"),
}

SCHEMES = {"http", "https", "mailto"}

#: Elements that mean nothing when there is nothing in them.
EMPTY_GOES = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "q", "cite", "pre", "code", "a"),
    *("em", "strong", "b", "i", "u", "s", "sub", "sup", "small", "abbr", "figure", "figcaption", "del", "ins"),
    *("table", "thead", "tbody", "tfoot", "tr", "caption"),
}
