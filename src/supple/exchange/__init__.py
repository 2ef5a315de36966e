"""What goes out of Supple and comes in: one module for each format."""
