"""Numbers as SVG attributes."""


def num(value: float) -> str:
    """An SVG coordinate with at most one decimal: "82.1", "96"."""
    return f"{value:.1f}".removesuffix(".0")
