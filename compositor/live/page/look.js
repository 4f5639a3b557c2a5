/* The visible panes, the colour scheme, and the division of the window; kept between visits. */

const root = document.documentElement;
const GROUNDS = ["auto", "light", "dark"];
const dark = matchMedia("(prefers-color-scheme: dark)");

export function kept(name, otherwise) {
  try { return localStorage.getItem(`compositor-desk-${name}`) ?? otherwise; } catch { return otherwise; }
}

export function keep(name, value) {
  try { localStorage.setItem(`compositor-desk-${name}`, value); } catch { /* a browser without storage */ }
}

export function ground() {
  const chosen = kept("ground", "auto");
  return chosen === "auto" ? (dark.matches ? "dark" : "light") : chosen;
}

export function setView(view) {
  root.dataset.view = view;
  keep("view", view);
  for (const button of document.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
}

export function begin(changed) {
  const button = document.getElementById("ground");
  function show() {
    root.dataset.ground = ground();
    button.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[kept("ground", "auto")];
    changed();
  }
  button.addEventListener("click", () => {
    keep("ground", GROUNDS[(GROUNDS.indexOf(kept("ground", "auto")) + 1) % GROUNDS.length]);
    show();
  });
  dark.addEventListener("change", show);
  for (const one of document.querySelectorAll(".views button")) {
    one.addEventListener("click", () => { setView(one.dataset.view); changed(); });
  }
  setView(kept("view", "both"));
  split(changed);
  show();
}

function split(changed) {
  const bar = document.getElementById("split");
  function share(value) {
    const percent = Math.min(80, Math.max(20, value));
    root.style.setProperty("--share", `${percent}%`);
    bar.setAttribute("aria-valuenow", String(Math.round(percent)));
    keep("share", String(percent));
    changed();
  }
  share(Number(kept("share", "50")) || 50);
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    const frame = document.getElementById("text");
    frame.style.pointerEvents = "none";
    const move = (one) => share((one.clientX / innerWidth) * 100);
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", () => {
      bar.removeEventListener("pointermove", move);
      frame.style.pointerEvents = "";
    }, { once: true });
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -4, ArrowRight: 4 }[event.key];
    if (step) share((Number(kept("share", "50")) || 50) + step);
  });
}

/* Only one thing is open at a time */
export function toggle(name) {
  for (const drawer of document.querySelectorAll(".drawer")) {
    const open = drawer.id === name && drawer.hidden;
    drawer.hidden = !open;
    document.getElementById(`to-${drawer.id}`).setAttribute("aria-expanded", String(open));
  }
  return name ? !document.getElementById(name).hidden : false;
}
