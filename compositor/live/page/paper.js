/* The PDF pages, as spreads. A page is a picture of what a build puts into the PDF; while it is being set again, the
   old picture is grey. Pictures are requested when they come into view. */

const pane = document.getElementById("pages"), room = document.getElementById("spreads");

let handlers = {};
let pages = [];  // {sheet, number, folio, unit, side, file, line}
let made = [];  // the elements of the pages, in their order
let told = [];

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.dataset.near = entry.isIntersecting ? "yes" : "";
    if (entry.isIntersecting) paint(entry.target);
  }
}, { root: pane, rootMargin: "60% 0px" });

export function begin(given) {
  handlers = given;
  room.addEventListener("click", clicked);
  new ResizeObserver(() => made.forEach((one) => one.dataset.near && paint(one))).observe(pane);
}

export function stale(is) {
  room.classList.toggle("stale", is);
}

export const any = () => pages.length > 0;

const key = (one) => `${one.sheet}/${one.number}`;

export function set(sheets, edits, moved) {
  const at = place();
  pages = sheets.pages.map(([sheet, number, folio, unit, side, file, line]) =>
    ({ sheet, number, folio, unit, side, file, line }));
  const shape = pages.map((one) => one.side).join() + sheets.backward;
  if (room.dataset.shape !== shape) build(shape, sheets.backward);
  pages.forEach((one, n) => fill(made[n], one));
  if (at) keepAt(at, edits, moved);
  tell(told);
}

function build(shape, backward) {
  seen.disconnect();
  const old = new Map(made.map((one) => [one.dataset.key, one]));
  room.dataset.shape = shape;
  room.replaceChildren();
  made = [];
  let spread = null;
  pages.forEach((one, n) => {
    const first = one.side === (backward ? "right" : "left");
    if (!spread || first) {
      spread = document.createElement("div");
      spread.className = `spread${backward ? " backward" : ""}`;
      room.append(spread);
    }
    const element = old.get(key(one)) ?? page();
    old.delete(key(one));
    element.className = `page ${one.side}`;
    element.dataset.n = String(n);
    spread.append(element);
    made.push(element);
    seen.observe(element);
  });
}

function page() {
  const element = document.createElement("figure");
  element.innerHTML = '<div class="sheet"><img alt="" draggable="false"></div><figcaption><span class="folio"></span></figcaption>';
  return element;
}

function fill(element, one) {
  element.dataset.unit = one.unit;
  element.querySelector(".folio").textContent = one.folio;
  element.querySelector("img").alt = one.folio ? `page ${one.folio}` : "a page without a number";
  if (element.dataset.key !== key(one)) {
    element.dataset.key = key(one);
    if (element.dataset.shown) element.classList.add("stale");
  } else if (element.dataset.shown === element.dataset.key) {
    element.classList.remove("stale");
  }
  if (element.dataset.near) paint(element);
}

/* Request the picture in the wanted size, unless it is there */
function paint(element) {
  const image = element.querySelector("img"), across = element.clientWidth * devicePixelRatio;
  if (!across) return;
  const width = Math.ceil(across / 160) * 160, address = `/page/${element.dataset.key}?w=${width}`;
  const is = element.dataset.shown === element.dataset.key && Number(element.dataset.width) >= width;
  if (is || element.dataset.asked === address) return;
  const wanted = element.dataset.key, loader = new Image();
  element.dataset.asked = address;
  loader.onload = () => {
    if (element.dataset.key !== wanted) return;
    room.style.setProperty("--ratio", String(loader.naturalWidth / loader.naturalHeight));
    image.src = loader.src;
    element.dataset.shown = wanted;
    element.dataset.width = String(width);
    element.dataset.asked = "";
    element.classList.remove("stale");
  };
  loader.onerror = () => { element.dataset.asked = ""; };
  loader.src = address;
}

/* The page in the middle of the pane, and how far its top is above that of the pane */
export function place() {
  const top = pane.getBoundingClientRect().top, half = pane.clientHeight / 3;
  for (let n = 0; n < made.length; n++) {
    const box = made[n].getBoundingClientRect();
    if (box.bottom - top > half) return { n, ...source(n), unit: pages[n].unit, number: pages[n].number, above: top - box.top };
  }
  return null;
}

/* The place in the source of a page, or of the one before it that has one */
function source(n) {
  for (let at = n; at >= 0 && pages[at].unit === pages[n].unit; at--) {
    if (pages[at].line) return { file: pages[at].file, line: pages[at].line };
  }
  return { file: "", line: 0 };
}

/* The page with a line of the source: the last that begins at it or before it */
export function pageOf({ file, line }) {
  let found = -1;
  pages.forEach((one, n) => {
    if (one.file === file && one.line && (found < 0 || one.line <= line)) found = n;
  });
  return found;
}

function keepAt(at, edits, moved) {
  let n = pages.findIndex((one) => one.unit === at.unit && one.number === at.number && one.unit);
  if (at.file) {
    const by = pageOf(moved(at, edits));
    if (n < 0 || (by >= 0 && Math.abs(by - n) > 1)) n = by;
  }
  if (n < 0) n = Math.min(at.n, pages.length - 1);
  if (made[n]) pane.scrollTop += made[n].getBoundingClientRect().top - pane.getBoundingClientRect().top + at.above;
}

export function show(place_, flash = true) {
  const n = pageOf(place_);
  if (n < 0) return false;
  const box = made[n].getBoundingClientRect(), top = pane.getBoundingClientRect().top;
  pane.scrollTop += box.top - top - 22;
  for (const one of made) one.classList.remove("shown");
  if (flash) {
    made[n].classList.add("shown");
    setTimeout(() => made[n]?.classList.remove("shown"), 1600);
  }
  return true;
}

async function clicked(event) {
  const sheet = event.target.closest(".sheet");
  const element = sheet?.closest(".page");
  if (!element || room.classList.contains("stale") || element.classList.contains("stale")) return;
  const box = sheet.getBoundingClientRect();
  const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
  const answer = await fetch(`/at/${element.dataset.key}?x=${x.toFixed(4)}&y=${y.toFixed(4)}`);
  const found = answer.ok ? await answer.json() : {};
  if (found.file) handlers.edit(found);
}

/* A sign below each page with findings */
export function tell(findings) {
  told = findings;
  for (const one of room.querySelectorAll(".told")) one.remove();
  for (const finding of findings) {
    if (!finding.code.startsWith("P2") || !finding.line) continue;
    const n = pageOf(finding), caption = made[n]?.querySelector("figcaption");
    if (!caption || caption.querySelector(".told")) continue;
    const sign = document.createElement("span");
    sign.className = "told";
    sign.textContent = finding.code;
    sign.title = finding.message;
    caption.append(sign);
  }
}
