/* The desk: messages of the server, shown in both panes and in the bar. */

import * as look from "./look.js";
import * as text from "./text.js";
import * as paper from "./paper.js";

const $ = (id) => document.getElementById(id);
const now = { chapters: [], findings: [], book: null, sheets: null, setting: false, root: "", editor: "", paged: true, gone: false };
let edits = [];  // of all states of the sources since the last PDF pages
let at = "";
let flag = 0;

/* The bar ------------------------------------------------------------------------------------------------------- */

function here() {
  return now.chapters.find((one) => one.page === text.page());
}

function say(words) {
  $("said").textContent = words;
  clearTimeout(flag);
  flag = setTimeout(bar, 2500);
}

function bar() {
  const chapter = here(), errors = now.findings.filter((one) => one.severity === "error").length;
  $("where").textContent = chapter ? `${chapter.number} ${chapter.title}`.trim() : now.book?.title ?? "…";
  document.title = chapter ? `${$("where").textContent} · ${now.book?.title ?? ""}` : now.book?.title ?? "Compositor";
  const broken = now.book ? !now.book.good : errors > 0, any = now.chapters.length > 0;
  const [state, words] = now.gone ? ["gone", "the server has ended"]
    : broken ? ["bad", any ? "out of date: these are the last good pages" : "there are errors, and no page yet"]
    : !now.book ? ["busy", "reading"]
    : now.setting ? ["busy", at ? `setting ${at}` : "setting pages"]
    : ["true", now.sheets ? `${now.sheets.pages.length} pages, up to date` : "read"];
  $("state").dataset.state = state;
  $("said").textContent = words;
  $("count").textContent = String(now.findings.length);
  $("counted").textContent = now.findings.length === 1 ? "finding" : "findings";
  $("to-findings").className = errors ? "bad" : now.findings.length ? "some" : "";
  const first = now.findings.find((one) => one.severity === "error");
  $("broken").hidden = !(broken || (now.book?.remark ?? ""));
  $("broken").textContent = now.book?.remark || (first ? `${first.file}${first.line ? `:${first.line}` : ""}: ${first.message}.${any ? " Here is the last good page." : ""}` : "");
  $("waiting").textContent = !now.paged ? "This machine cannot set pages; `doctor` says what it lacks."
    : now.sheets ? "" : now.setting ? `The pages are being set${at ? `: ${at}` : ""} …` : broken || errors ? "There are no pages yet: the book has errors." : "";
  document.body.dataset.build = now.book?.build ?? "";
  document.body.dataset.pages = now.sheets?.build ?? "";
}

/* Lists --------------------------------------------------------------------------------------------------------- */

function made(tag, name, words) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (words !== undefined) element.textContent = words;
  return element;
}

const counted = (count) => (count == null ? "–" : count.toLocaleString("en"));

function chapters() {
  const rows = now.chapters.map((one) => {
    const row = made("tr", one.role), name = made("td"), button = made("button");
    button.type = "button";
    button.append(made("span", "number", one.number), made("span", "", one.title));
    name.append(button);
    if (one.changed) {
      const dot = made("span", "changed");
      dot.title = "changed since the last commit";
      name.append(dot);
    }
    const told = made("td");
    if (one.errors) told.append(made("span", "errors", String(one.errors)), " ");
    if (one.warnings) told.append(made("span", "warnings", String(one.warnings)));
    row.append(name, made("td", "", counted(one.words)), made("td", "", counted(one.pages)), told);
    row.classList.toggle("here", one === here());
    row.addEventListener("click", () => { go(one); look.toggle(""); });
    return row;
  });
  $("chapters").querySelector("tbody").replaceChildren(...rows);
  const whole = made("tr"), sum = (name) => now.chapters.reduce((all, one) => (one[name] == null ? all : (all ?? 0) + one[name]), null);
  whole.append(made("td", "", now.book?.title ?? ""), made("td", "", counted(sum("words"))),
    made("td", "", counted(now.sheets?.pages.length ?? null)), made("td", "", String(now.findings.length)));
  $("chapters").querySelector("tfoot").replaceChildren(whole);
  $("chapters").querySelector(".legend").hidden = !now.chapters.some((one) => one.changed);
}

function findings() {
  const rows = now.findings.map((one) => {
    const row = made("li", one.severity), where = made("p", "at"), edit = made("a", "", "edit");
    where.style.margin = "0";
    edit.href = address(one);
    edit.addEventListener("click", (event) => event.stopPropagation());
    const code = made("span", "code", one.code);
    where.append(made("span", "", `${one.file}${one.line ? `:${one.line}` : ""}`), edit, code);
    row.append(where, made("p", "message", one.message), ...one.helps.map((help) => made("p", "help", help)));
    row.addEventListener("click", () => show(one));
    row.finding = one;
    return row;
  });
  $("findings").querySelector("ol").replaceChildren(...rows);
  text.tell(now.findings);
  paper.tell(now.findings);
}

function showFinding(one) {
  if ($("findings").hidden) look.toggle("findings");
  for (const row of $("findings").querySelectorAll("li")) {
    const is = row.finding === one;
    row.classList.toggle("shown", is);
    if (is) row.scrollIntoView({ block: "nearest" });
  }
}

/* Going to places ----------------------------------------------------------------------------------------------- */

function address({ file, line }) {
  const path = encodeURI(`${now.root}/${file}`).replaceAll("#", "%23").replaceAll("?", "%3F");
  return now.editor.replace("{path}", path).replace("{line}", String(line ?? 1));
}

function edit(place) {
  const link = made("a");
  link.href = address(place);
  document.body.dataset.edited = link.href;
  say(`${place.file}:${place.line}`);
  link.click();
}

function chapterOf(file) {
  return now.chapters.find((one) => one.file === file)
    ?? now.chapters.find((one) => now.sheets?.pages.some((page) => page[3] === one.key && page[5] === file));
}

function show(place) {
  const chapter = chapterOf(place.file);
  if (!chapter) return say(`${place.file} is no text of this book`);
  text.open(chapter.page, { file: place.file, line: place.line ?? 1 });
  paper.show({ file: place.file, line: place.line ?? 1 });
  document.body.dataset.at = `${place.file}:${place.line}`;
}

function go(chapter) {
  if (!chapter) return;
  text.open(chapter.page);
}

/* The PDF pages of the open chapter */
function beside() {
  const chapter = here(), first = chapter && now.sheets?.pages.find((one) => one[3] === chapter.key && one[6]);
  if (first) paper.show({ file: first[5], line: first[6] }, false);
}

function step(by) {
  const next = now.chapters[now.chapters.indexOf(here()) + by];
  if (next) go(next);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, [contenteditable]")) return;
  const does = {
    1: () => look.setView("text"), 2: () => look.setView("both"), 3: () => look.setView("pages"),
    c: () => look.toggle("chapters"), f: () => look.toggle("findings"), "?": () => look.toggle("keys"),
    "[": () => step(-1), "]": () => step(1), d: () => $("ground").click(), Escape: () => look.toggle(""),
    p: () => { const place = text.place(); if (place) paper.show(place); },
    t: () => { const place = paper.place(); if (place?.file) textTo(place); },
  }[event.key];
  if (does) { event.preventDefault(); does(); }
}

function textTo(place) {
  const chapter = chapterOf(place.file);
  if (chapter) text.open(chapter.page, { file: place.file, line: place.line });
}

/* Messages of the server ----------------------------------------------------------------------------------------- */

function take(told, kind) {
  for (const name of ["chapters", "findings", "setting", "root", "editor", "paged"]) {
    if (told[name] !== undefined) now[name] = told[name];
  }
  const before = now.book;
  if (told.book) {
    now.book = told.book;
    edits = edits.concat(told.book.edits);
    taken(before, told.book);
  }
  if (told.sheets) {
    const first = !now.sheets;
    now.sheets = told.sheets;
    paper.set(told.sheets, edits, text.moved);
    edits = [];
    if (first) beside();
  }
  if (kind !== "glanced") paper.stale(now.setting || (now.book !== null && !now.book.good));
  if (!now.setting) at = "";
  bar();
  chapters();
  findings();
}

function taken(before, book) {
  if (!text.page() || text.page() === "blank") {
    const asked = decodeURIComponent(location.hash.slice(1));
    const first = now.chapters.find((one) => one.page === asked) ?? now.chapters[0];
    if (first) text.open(first.page);
  } else if (before && before.looks !== book.looks) text.reload();
  else if (before && before.build !== book.build && book.good) text.change(book.edits).then(() => { document.body.dataset.shown = book.build; });
}

function listen() {
  const events = new EventSource("/events");
  const on = (kind, does) => events.addEventListener(kind, (event) => does(JSON.parse(event.data)));
  on("state", (told) => { now.gone = false; take(told, "state"); });
  for (const kind of ["seen", "sheets", "glanced"]) on(kind, (told) => take(told, kind));
  on("saved", () => { now.setting = now.paged; paper.stale(true); bar(); });
  on("at", ({ file }) => { at = file; bar(); });
  on("goto", show);
  events.onerror = () => { now.gone = true; bar(); };
}

text.begin({
  key, edit, finding: showFinding,
  opened: (page, placed) => {
    history.replaceState(null, "", `#${encodeURIComponent(page)}`);
    if (!placed) beside();
    bar();
    chapters();
  },
});
paper.begin({ edit });
look.begin(() => text.ground());
document.addEventListener("keydown", key);
for (const name of ["chapters", "findings", "keys"]) $(`to-${name}`).addEventListener("click", () => look.toggle(name));
listen();
