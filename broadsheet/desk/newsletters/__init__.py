"""Letters at the desk: edit, look at them, send them, and see what became of them."""
