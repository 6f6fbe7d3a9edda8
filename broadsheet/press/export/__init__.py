"""The edition as a tree of files, with compressed neighbours: for nginx, a bucket, a mirror without an application."""
