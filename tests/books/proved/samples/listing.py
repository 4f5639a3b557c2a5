"""A file of which a part is printed."""


def listing() -> int:
    # ANCHOR: body
    value = 5
    # ANCHOR_END: body
    return value
