/* The page for the screen: a page of the site in a frame. A change is put into the present page, so that it
   neither flickers nor moves; its place is kept by the source line at the top. */

const frame = document.getElementById("text");
const TOP = 64;  // pixels below the top of the frame at which a place is taken: the site's own bar is above it
const LINE = /:(\d+)$/;
const STYLE = `
.desk-marks { position: absolute; inset: 0 0 auto 0; height: 0; z-index: 3; }
html body .desk-marks .desk-mark { position: absolute; min-width: 0; width: 20px; height: 20px; padding: 0; border: 0; border-radius: 50%; cursor: pointer;
  font: 600 11px/20px system-ui, sans-serif; color: #fff; background: #b07a12; }
html body .desk-marks .desk-mark.error { background: #b3341c; }
@keyframes desk-new { from { background-color: color-mix(in srgb, #2a8a97 26%, transparent); } }
.desk-new { animation: desk-new 1.6s ease-out; }
@media (prefers-reduced-motion: reduce) { .desk-new { animation: none; } }
main [data-source] { cursor: text; }
`;

let handlers = {};
let pristine = null;  // the page as it was sent, before its own script has changed it
let findings = [];
let wanted = null;  // a place to show when the page has loaded
let kept = null;  // its place before it was loaded again

export function begin(given) {
  handlers = given;
  frame.addEventListener("load", loaded);
}

const inside = () => frame.contentDocument;

export function page() {
  try { return decodeURIComponent(frame.contentWindow.location.pathname.replace(/^\/site\//, "")); } catch { return ""; }
}

export function open(name, place = null) {
  if (page() === name && pristine) {
    if (place) show(place);
    return;
  }
  wanted = place;
  pristine = null;
  frame.contentWindow.location.replace(`/site/${encodeURIComponent(name)}`);
}

async function loaded() {
  const document_ = inside();
  if (!document_ || !document_.querySelector("main")) return;
  const style = document_.createElement("style");
  style.textContent = STYLE;
  document_.head.append(style);
  ground();
  document_.addEventListener("click", clicked);
  document_.addEventListener("keydown", (event) => handlers.key(event));
  new ResizeObserver(mark).observe(document_.querySelector("main"));
  handlers.opened(page(), wanted !== null || kept !== null);
  if (kept) { scrollTo(kept, kept.above); kept = null; }
  pristine = await fetched(page());
  if (wanted) { show(wanted); wanted = null; }
  mark();
}

async function fetched(name) {
  const answer = await fetch(`/site/${encodeURIComponent(name)}`);
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

export function ground() {
  const root = inside()?.documentElement;
  if (!root) return;
  const chosen = document.documentElement.dataset.ground;
  if (chosen === "dark") root.dataset.ground = "dark";
  else if (root.dataset.ground !== "sepia") root.dataset.ground = "light";
}

/* Places -------------------------------------------------------------------------------------------------------- */

function blocks() {
  return Array.from(inside()?.querySelectorAll("main [data-source]") ?? []);
}

function sourceOf(block) {
  const text = block.dataset.source, match = LINE.exec(text);
  return match ? { file: text.slice(0, match.index), line: Number(match[1]) } : { file: text, line: 1 };
}

/* The block at the top of the frame, and how far it is above that */
export function place() {
  let found = null;
  for (const block of blocks()) {
    const top = block.getBoundingClientRect().top;
    if (found && top > TOP) break;
    found = { ...sourceOf(block), above: TOP - top };
    if (top > TOP) break;
  }
  return found;
}

/* The last block that begins at a line or before it; of a file, the first if all begin after it */
function blockAt({ file, line }) {
  let found = null;
  for (const block of blocks()) {
    const source = sourceOf(block);
    if (source.file !== file) continue;
    if (!found || source.line <= line) found = block;
    if (source.line > line && found !== block) break;
  }
  return found;
}

export function moved(place_, edits) {
  for (const edit of edits) {
    if (edit.file !== place_.file || place_.line < edit.first) continue;
    const behind = place_.line >= edit.first + edit.gone;
    const line = behind ? place_.line + edit.came - edit.gone : Math.min(place_.line, edit.first + edit.came);
    return { ...place_, line };
  }
  return place_;
}

function scrollTo(place_, above) {
  const block = blockAt(place_);
  if (!block) return null;
  frame.contentWindow.scrollBy({ top: block.getBoundingClientRect().top - TOP + above, behavior: "instant" });
  return block;
}

export function show(place_) {
  const block = scrollTo(place_, -24);
  if (block) flash(block);
}

function flash(block) {
  block.classList.remove("desk-new");
  void block.offsetWidth;  // so that the animation starts again
  block.classList.add("desk-new");
}

/* A change ------------------------------------------------------------------------------------------------------ */

export function reload() {
  wanted = null;
  const at = place();
  pristine = null;
  kept = at;
  frame.contentWindow.location.reload();
}

export async function change(edits) {
  const name = page(), at = place();
  const now = await fetched(name);
  if (!now || name !== page() || !inside()?.querySelector("main")) return;
  exchange(now);
  if (at) scrollTo(moved(at, edits), at.above);
  pristine = now;
  mark();
}

const plain = (element) => element.outerHTML.replace(/ data-source="[^"]*"/g, "");

function exchange(now) {
  const live = inside().querySelector("main"), fresh = now.querySelector("main");
  const before = pristine ? Array.from(pristine.querySelector("main").children) : [];
  const after = Array.from(fresh.children), there = Array.from(live.children);
  for (const part of ["nav.contents", ".turning", "footer.foot"]) {
    const old = inside().querySelector(part), next = now.querySelector(part);
    if (old && next && plain(next) !== plain(pristine?.querySelector(part) ?? old)) {
      old.replaceWith(inside().importNode(next, true));
    }
  }
  if (before.length !== there.length) {
    live.replaceChildren(...Array.from(fresh.childNodes, (one) => inside().importNode(one, true)));
    return;
  }
  const old = before.map(plain), next = after.map(plain), most = Math.min(old.length, next.length);
  let start = 0, end = 0;
  while (start < most && old[start] === next[start]) start++;
  while (end < most - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end++;
  for (let n = 0; n < start; n++) renumber(there[n], after[n]);
  for (let n = 1; n <= end; n++) renumber(there[there.length - n], after[after.length - n]);
  const made = after.slice(start, after.length - end).map((one) => inside().importNode(one, true));
  const behind = there[there.length - end] ?? null;
  there.slice(start, there.length - end).forEach((one) => one.remove());
  made.forEach((one) => { live.insertBefore(one, behind); flash(one); });
}

/* The same words, now on other lines */
function renumber(live, fresh) {
  const to = [live, ...live.querySelectorAll("[data-source]")].filter((one) => one.dataset.source);
  const from = [fresh, ...fresh.querySelectorAll("[data-source]")].filter((one) => one.dataset.source);
  if (to.length === from.length) to.forEach((one, n) => { one.dataset.source = from[n].dataset.source; });
}

/* Clicks -------------------------------------------------------------------------------------------------------- */

function clicked(event) {
  const link = event.target.closest("a[href]");
  if (link && link.origin !== location.origin) {
    event.preventDefault();
    window.open(link.href, "_blank", "noopener,noreferrer");
    return;
  }
  const selected = inside().getSelection();
  if (link || event.target.closest("button, input, summary, label, [popover]") || !selected.isCollapsed) return;
  const source = lineAt(event);
  if (source) handlers.edit(source);
}

/* A block knows its first line; the ends of lines in its text are those of the source */
function lineAt(event) {
  const block = event.target.closest("[data-source]");
  if (!block) return null;
  const source = sourceOf(block), at = caret(event.clientX, event.clientY);
  if (!at || !block.contains(at.node)) return source;
  const range = inside().createRange();
  range.setStart(block, 0);
  range.setEnd(at.node, at.offset);
  const code = at.node.parentElement?.closest("pre") ? 1 : 0;  // after the line of the fence
  const lines = block.matches("p, pre, h1, h2, h3, h4, h5, h6, li, dd, dt, blockquote, figure, div.listed") || code;
  return { ...source, line: source.line + (lines ? range.toString().split("\n").length - 1 : 0) + code };
}

function caret(x, y) {
  const document_ = inside();
  if (document_.caretPositionFromPoint) {
    const at = document_.caretPositionFromPoint(x, y);
    return at && { node: at.offsetNode, offset: at.offset };
  }
  const range = document_.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/* Findings in the margin ---------------------------------------------------------------------------------------- */

export function tell(all) {
  findings = all;
  mark();
}

function mark() {
  const document_ = inside(), main = document_?.querySelector("main");
  if (!main) return;
  document_.querySelector(".desk-marks")?.remove();
  const box = document_.createElement("div"), marks = new Map();
  box.className = "desk-marks";
  const files = new Set(blocks().map((block) => sourceOf(block).file));
  for (const one of findings) {
    if (!one.line || !files.has(one.file)) continue;
    const block = blockAt(one);
    if (block) marks.set(block, [...(marks.get(block) ?? []), one]);
  }
  for (const [block, told] of marks) {
    const button = document_.createElement("button"), at = block.getBoundingClientRect();
    const error = told.some((one) => one.severity === "error");
    button.type = "button";
    button.className = `desk-mark${error ? " error" : ""}`;
    button.textContent = told.length > 1 ? String(told.length) : "!";
    button.title = told.map((one) => `${one.code} ${one.message}`).join("\n");
    button.setAttribute("aria-label", button.title);
    button.style.top = `${at.top + frame.contentWindow.scrollY}px`;
    button.style.left = `${Math.max(4, at.left - 28)}px`;
    button.addEventListener("click", () => handlers.finding(told[0]));
    box.append(button);
  }
  if (marks.size) document_.body.append(box);
}
