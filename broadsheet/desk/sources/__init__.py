"""Sources and filing rules, as the desk's screens."""
