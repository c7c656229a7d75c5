"""What the pages and services of allocation read."""
