"""The site's own mailbox: mail that has nowhere else to go, kept to be looked at."""
