"""Publishing within a source's rights, by whichever of the admin's ways."""
