"""Thousands of readers of live boxes while what these show changes each second and the web process is killed."""
