"""What readers' pages show, as values for the theme's templates."""
