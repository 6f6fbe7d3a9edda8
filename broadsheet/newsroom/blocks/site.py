"""Blocks of the site's settings: social profiles and the footer's menus."""

from __future__ import annotations

from wagtail import blocks


class ProfileBlock(blocks.StructBlock):
    """A profile on another service."""

    service = blocks.CharBlock(help_text="For example Facebook, X, Instagram, Mastodon.")
    url = blocks.URLBlock()


class SocialBlock(blocks.StreamBlock):
    """Profiles in their order."""

    profile = ProfileBlock()


class LinkBlock(blocks.StructBlock):
    """A footer link: a page of ours, or any address."""

    label = blocks.CharBlock()
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(required=False, help_text="For example /authors/ or https://example.org/")


class MenuBlock(blocks.StructBlock):
    """One column of the footer."""

    title = blocks.CharBlock()
    links = blocks.ListBlock(LinkBlock())


class FooterBlock(blocks.StreamBlock):
    """The footer's columns."""

    menu = MenuBlock()
