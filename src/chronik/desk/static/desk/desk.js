// Comfort for the desk: keys, a selection that becomes a clip, stars without a reload. Every page works without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// Rows

const rows = () => all("[data-row]").filter((row) => row.checkVisibility());
const current = () => one('[data-row][aria-current="true"]');

function choose(row) {
  const before = current();
  if (before) before.removeAttribute("aria-current");
  if (!row) return;
  row.setAttribute("aria-current", "true");
  const target = one("[data-open]", row) || row;
  if (target === row) row.tabIndex = -1;
  target.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(current());
  choose(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && row !== current() && event.target.closest("[data-list], .rows")) {
    const before = current();
    if (before) before.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  }
});

// What is done to a row of a list changes it in place; where that fails, the form is sent as without script.

async function sendInPlace(form, button) {
  const body = new FormData(form, button);
  // Without the attribute, the property names the page itself.
  const address = button.getAttribute("formaction") || form.getAttribute("action");
  const response = await fetch(address, {
    method: "POST",
    body,
    headers: { "X-Chronik-Script": "1" },
    redirect: "error",
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

const storyOf = (place) => place && place.closest("[data-story]");

function shown(button, answer, form) {
  if (button.name === "starred") {
    const starred = button.value === "1";
    button.setAttribute("aria-pressed", String(starred));
    button.value = starred ? "0" : "1";
    return;
  }
  const merged = button.name === "merge" ? all("[data-mark]:checked", form).map(storyOf) : [];
  const row = storyOf(button) || (merged.includes(storyOf(current())) ? storyOf(current()) : merged[0]);
  const before = rows().filter((one) => one.matches("[data-story]"));
  const at = before.indexOf(row);
  const unfolded = one("[data-fold]", row)?.open;
  for (const note of all("[data-note]", form)) (note.closest(".row-gone") || note).remove();
  const fresh = document.createElement("template");
  fresh.innerHTML = answer;
  const first = one("[data-row]", fresh.content);
  if (first && unfolded && button.name !== "split") {
    const fold = one("[data-fold]", first);
    if (fold) fold.open = true;
  }
  for (const other of merged) if (other !== row) other.remove();
  row.replaceWith(fresh.content);
  marksShown(form);
  const left = rows().filter((one) => one.matches("[data-story]"));
  const next = first || left[Math.min(at, left.length - 1)];
  if (next) choose(next);
  else location.reload();
}

function marksShown(form) {
  const bar = one("[data-merge-bar]", form);
  if (bar) bar.hidden = all("[data-mark]:checked", form).length < 2;
}

const IN_PLACE = ["starred", "done", "back", "accept", "refuse", "merge", "split"];

for (const form of all("[data-list]")) {
  marksShown(form);
  form.addEventListener("change", () => marksShown(form));
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !IN_PLACE.includes(button.name) || form.dataset.plain) return;
    event.preventDefault();
    const sent = sendInPlace(form, button);
    button.disabled = true;
    sent
      .then((answer) => {
        button.disabled = false;
        shown(button, answer, form);
      })
      .catch(() => {
        button.disabled = false;
        form.dataset.plain = "1";
        button.click();
      });
  });
}

// The page of an article, where passages are clipped; how is in passages.js

const panel = one("[data-panel]");
const selectable = one("[data-selectable]");

// Keys

const help = one("#keys");
for (const button of all("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

const press = (selector, within = document) => {
  const target = within && one(selector, within);
  if (target) target.click();
  return Boolean(target);
};
const inRow = (selector) => {
  const row = current();
  if (row && one(selector, row)) press(selector, row);
  else press(selector, storyOf(row) || (panel ? document : null));
};

const keys = {
  j: () => (panel ? press("[data-next]") : step(1)),
  k: () => (panel ? press("[data-previous]") : step(-1)),
  o: () => press("[data-open]", current()),
  v: () => press("[data-original]"),
  p: () => press("[data-pin]", current()) || press("[data-captured]"),
  "*": () => inRow(".star"),
  e: () => inRow("[data-done]"),
  d: () => inRow("[data-done]"),
  c: () => openToClip(),
  f: () => fold(),
  a: () => inRow("[data-accept]"),
  x: () => inRow("[data-refuse]"),
  s: () => chooseSection() || inRow("[data-split]"),
  m: () => merge(),
  t: () => press("[data-to-timeline]", current()),
  l: () => press("[data-other-language]"),
  u: () => undo(),
  "/": () => search(),
  "?": () => help && help.showModal(),
};

function fold() {
  const row = storyOf(current());
  const details = row && one("[data-fold]", row);
  if (!details) return;
  details.open = !details.open;
  choose(row);
}

function chooseSection() {
  const choice = current() && one("[data-section]", current());
  if (choice) choice.focus();
  return Boolean(choice);
}

for (const choice of all("[data-section]")) {
  choice.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    choice.form.requestSubmit();
  });
}

const mark = () => press("[data-mark]", storyOf(current()));

function merge() {
  const row = storyOf(current());
  const box = row && one("[data-mark]", row);
  if (!box) return;
  const others = all("[data-mark]:checked").filter((other) => other !== box);
  if (!others.length || !box.checked) box.click();
  if (others.length) one("[data-merge]").click();
}

function undo() {
  const button = one("[data-undo]") || one("[data-undo-last]");
  if (button) button.click();
  else press("[data-up]");
}

function openToClip() {
  const link = current() && one("[data-open]", current());
  if (link) location.href = `${link.href}#clip`;
}

function search() {
  const field = one("input[type=search]");
  if (field) field.focus();
  else press('.nav [data-key="/"]');
}

let going = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, dialog[open]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (Date.now() - going < 1000) {
    going = 0;
    const link = one(`.nav [data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  if (event.key === "g") {
    going = Date.now();
    return;
  }
  const view = /^[1-9]$/.test(event.key) && one(`[data-view-key="${event.key}"]`);
  if (view) {
    view.click();
    return;
  }
  // On a button or a fold, the space bar presses that.
  const marks = event.key === " " && one("[data-mark]") && !event.target.closest("button, summary");
  const act = marks ? mark : keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// Where something was done or undone, the row that it was about is chosen again; so is the one that was left to read.

const LEFT = "row that was left";

function chooseAtFirst(row) {
  choose(row);
  // The browser goes to the place that the address names when all has arrived, and takes the focus away with that.
  const again = () => row === current() && choose(row);
  if (document.readyState !== "complete") addEventListener("load", () => setTimeout(again));
}

const meant = /^#(row|clip)-\w+$/.test(location.hash) && one(`${location.hash}[data-row]`);
const left = !location.hash && one("[data-list]") && document.getElementById(sessionStorage.getItem(LEFT));
if (meant || left) chooseAtFirst(meant || left);
sessionStorage.removeItem(LEFT);
addEventListener("pagehide", () => {
  const row = one("[data-list]") && storyOf(current());
  if (row) sessionStorage.setItem(LEFT, row.id);
});
