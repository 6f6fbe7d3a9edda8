"""What is being read: every view counted through every cache, without a cookie and without knowing anybody."""
