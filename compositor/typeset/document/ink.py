"""Colours for printing: black and grey use one ink instead of a mixture of four.

WeasyPrint writes every colour as red, green and blue. A conversion for printing would mix black from all four inks, and
small letters in four inks are never quite sharp. Source: ISO 32000-1, section 8.6.4.2, `DeviceGray`.
"""

from __future__ import annotations

from typing import Any


def print_grey_with_one_ink() -> None:
    """Wrap WeasyPrint's method; called once in a process."""
    from weasyprint.pdf.stream import Stream

    original = Stream.set_color_rgb

    def set_color_rgb(stream: Any, red: float, green: float, blue: float, stroke: bool = False) -> None:
        """Set the colour of what follows; a colour without hue as a grey."""
        if red == green == blue:
            stream.stream.append(f"{round(float(red), 6):g} {'G' if stroke else 'g'}".encode())
        else:
            original(stream, red, green, blue, stroke)

    Stream.set_color_rgb = set_color_rgb
