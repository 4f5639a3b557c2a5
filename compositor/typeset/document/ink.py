"""Colours for printing: black and grey are one ink, and no mixture of four.

WeasyPrint writes every colour as red, green and blue. A conversion for printing would make black of all four inks, and
small letters of four inks are never quite sharp. Source: ISO 32000-1, section 8.6.4.2, `DeviceGray`.
"""

from __future__ import annotations

from typing import Any


def print_grey_with_one_ink() -> None:
    """Put our function in the place of WeasyPrint's; called once in a process."""
    from weasyprint.pdf.stream import Stream

    original = Stream.set_color_rgb

    def set_color_rgb(stream: Any, red: float, green: float, blue: float, stroke: bool = False) -> None:
        """Set the colour of what follows; an achromatic one as a grey."""
        if red == green == blue:
            stream.stream.append(f"{round(float(red), 6):g} {'G' if stroke else 'g'}".encode())
        else:
            original(stream, red, green, blue, stroke)

    Stream.set_color_rgb = set_color_rgb
