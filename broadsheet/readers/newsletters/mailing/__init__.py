"""From a rendered letter to a mail in somebody's mailbox."""
