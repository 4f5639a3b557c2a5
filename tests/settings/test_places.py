"""Line and column of everything in a TOML file."""

from __future__ import annotations

from compositor.settings.places import find_places


def test_places():
    """Every way to write a key or a value in TOML has its place."""
    text = """# comment with [brackets] = "x"
a.b = "x # no comment"
"c d" = 'lit' # comment
e = [ 1, # one ]
  [ 2.5, { f = "g", h.i = true } ], 1979-05-27 07:32:00 ]
j = \"\"\"several
lines \\\"\"\" here\"\"\"\"
k = '''
[no.table]
'''
[t.u]
v = {}
[[w]]
x = 1
[[w]]
x = 2
[w.y]
z = 3
"""
    places = find_places(text, "f")
    values = {path: str(place)[2:] for path, place in places.values.items()}
    assert values == {
        "a.b": "2:7", "c d": "3:9", "e": "4:5", "e.0": "4:7", "e.1": "5:3", "e.1.0": "5:5", "e.1.1": "5:10",
        "e.1.1.f": "5:16", "e.1.1.h.i": "5:27", "e.2": "5:37", "j": "6:5", "k": "8:5", "t.u.v": "12:5",
        "w.0.x": "14:5", "w.1.x": "16:5", "w.1.y.z": "18:5",
    }  # fmt: skip
    assert str(places.key("t")) == "f:11:2"
    assert str(places.key("w.1")) == "f:15:3"
    assert str(places.value("w.1.nowhere")) == "f:15:3"
    assert str(places.value("nowhere")) == "f"
    assert (places.value("c d").length, places.value("j").length, places.value("e.2").length) == (5, 10, 19)
