"""The wire: where news comes in. Sources, the one fetch door, feed formats, the one sanitiser, full text, items."""
