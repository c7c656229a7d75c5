"""The Danish catalogue: extracting, checking, adding to and compiling it. See `__main__`."""
