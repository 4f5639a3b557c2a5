"""Chromium, if available: pages of a site in frames of several widths, and what a script finds in each."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), "")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")
SECONDS = 300
FRAMES = """<!DOCTYPE html><meta charset="utf-8"><title>frames</title><pre id="said"></pre><script>
const jobs = %s, script = %s, said = [];
async function next() {
  const job = jobs.shift();
  if (!job) { document.getElementById("said").textContent = JSON.stringify(said); return; }
  localStorage.clear();
  if (job.ground) localStorage.setItem("compositor-ground", job.ground);
  const frame = document.createElement("iframe");
  frame.style.cssText = `border:0;width:${job.width}px;height:900px`;
  frame.src = job.page;
  document.body.prepend(frame);
  await new Promise(done => { frame.onload = done; });
  const inside = frame.contentWindow;
  await inside.document.fonts.ready;
  if (job.script) {
    await new Promise(done => {
      const one = inside.document.createElement("script");
      one.src = job.script; one.onload = done; inside.document.head.append(one);
    });
  }
  let answer;
  try { answer = await inside.eval(`(async () => {${script}})()`); } catch (problem) { answer = "failed: " + problem; }
  said.push([job.page, job.width, job.ground, answer]);
  frame.remove();
  next();
}
next();
</script>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files of a folder to this machine alone; return the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def opened(address: str, *words: str) -> str:
    """Return the document at an address as Chromium writes it after its scripts have run."""
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1500,1200", *words]
    command += ["--dump-dom", address]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True).stdout


def asked(
    folder: Path, pages: Sequence[str], script: str, places: Sequence[tuple[int, str]], loaded: str = ""
) -> list[tuple[str, int, str, Any]]:
    """Return page, width, background, and a script's answer in each page, at each width and on each background.

    `loaded` is the name of a script in the folder that runs in the page before that.
    """
    jobs = [
        {"page": page, "width": width, "ground": ground, "script": loaded} for page in pages for width, ground in places
    ]
    (folder / "frames-of-the-test.html").write_text(FRAMES % (json.dumps(jobs), json.dumps(script)), encoding="utf-8")
    with served(folder) as address:
        # the clock of the page continues while a promise is pending
        written = opened(f"{address}frames-of-the-test.html", "--virtual-time-budget=600000", "--timeout=250000")
    found = re.search(r'<pre id="said">(.+?)</pre>', written, re.DOTALL)
    assert found, written[-2000:]
    return [tuple(one) for one in json.loads(html.unescape(found[1]))]
