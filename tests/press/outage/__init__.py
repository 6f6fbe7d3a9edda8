"""What tests of survival need: sites in processes of their own, lines that can be cut, readers who go on reading."""
