"""The desk's verbs: each written once, called by the admin, the command line and jobs alike."""
