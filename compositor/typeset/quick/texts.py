"""A style -> what Pango needs to know before it shapes a text; two letters -> whether a line may break between them.

Both are computed once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

PAIRS = 10_000
"""The most pairs of letters that are remembered."""


def prepare_fonts_once() -> None:
    """Replace WeasyPrint's functions; called once in a process."""
    from weasyprint.text import line_break

    original, key_of = line_break.Layout.setup, line_break._font_style_cache_key

    def setup(self: Any, style: Any) -> None:
        """Do what WeasyPrint does, which creates a context and the description of a font for each text."""
        if style["text_decoration_line"] != "none":
            original(self, style)
            return
        font = style.__dict__.get("pango_font")
        if font is None:
            name = font_style_cache_key(style, True), style["font_kerning"], style["direction"]
            fonts = style.font_config.__dict__.setdefault("fonts_of_styles", {})
            if name not in fonts:
                fonts[name] = _Font(style)
            font = style.pango_font = fonts[name]
        font.give(self)
        self.style = style

    def font_style_cache_key(style: Any, include_size: bool = False) -> str:
        """Return the key of WeasyPrint's function, which builds it each time that it needs the height of a line."""
        name = "key_with_size" if include_size else "key"
        key: str | None = style.__dict__.get(name)
        if key is None:
            key = style.__dict__[name] = key_of(style, include_size)
        return key

    line_break.Layout.setup, line_break._font_style_cache_key = setup, font_style_cache_key


class _Font:
    """The context, the language, the font and the features of the layouts of a style."""

    def __init__(self, style: Any) -> None:
        from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
        from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
        from weasyprint.text.fonts import get_font_description

        self._context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
        )
        pango.pango_context_set_round_glyph_positions(self._context, False)
        pango.pango_context_set_base_dir(self._context, PANGO_DIRECTION[style["direction"]])
        given = style["font_language_override"]
        lang = LST_TO_ISO.get(given.lower(), given) if given != "normal" else style["lang"]
        if lang:
            pointer, _kept = unicode_to_char_p(lang)
            self._language = pango.pango_language_from_string(pointer)
            pango.pango_context_set_language(self._context, self._language)
        else:
            self._language = pango.pango_language_get_default()
        self._description = get_font_description(style)
        self._feature = self._feature_of(style)

    @staticmethod
    def _feature_of(style: Any) -> Any:
        """Return the attribute for all features of a style, shared by all styles with the same features; None without
        any."""
        from weasyprint.text.ffi import pango
        from weasyprint.text.fonts import font_features

        names = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric")
        more = ("variant_alternates", "variant_east_asian", "feature_settings")
        features = font_features(*(style[f"font_{name}"] for name in (*names, *more)))
        if not features:
            return None
        said = ",".join(f"{key} {value}" for key, value in features.items()).encode()
        known = style.font_config.font_features
        if said not in known:
            known[said] = pango.pango_attr_font_features_new(said)
        return known[said]

    def give(self, layout: Any) -> None:
        """Begin a layout in this font."""
        from weasyprint.text.ffi import ffi, gobject, pango

        layout.first_line_direction, layout.language = 0, self._language
        layout.layout = ffi.gc(pango.pango_layout_new(self._context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, self._description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        if self._feature is not None:
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, self._feature)
            pango.pango_layout_set_attributes(layout.layout, attributes)


def break_letters_once() -> None:
    """Let WeasyPrint's function remember its answers; called once in a process."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    line_break.can_break_text = inline.can_break_text = lru_cache(PAIRS)(line_break.can_break_text)
