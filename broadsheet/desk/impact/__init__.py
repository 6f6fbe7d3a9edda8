"""What publishing an article will change for readers, before it is published."""
