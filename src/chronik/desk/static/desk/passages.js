// Passages that become a clip: chosen by mouse, touch or keys, kept in a list, counted while they are chosen.
"use strict";

if (panel && selectable) {
  const beside = matchMedia("(min-width: 60rem)");
  const bar = one("[data-selection-bar]");
  const list = one("[data-passages]", panel);
  const words = one("[data-chosen]", panel).dataset;
  const dossier = one("select[name=dossier]", panel);
  const items = () => all("[data-passage]", list);
  const field = (item) => one("textarea", item);
  const place = (item) => one("input[type=hidden]", item);
  const blocks = () => all("[data-block]", selectable);
  const length = (text) => [...text].length;

  // What is selected: its words, the place of its first character in the text, and where it stands on the page.

  function selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(selectable)) return null;
    const inside = range.cloneRange();
    if (!selectable.contains(inside.startContainer)) inside.setStart(selectable, 0);
    if (!selectable.contains(inside.endContainer)) inside.setEnd(selectable, selectable.childNodes.length);
    const held = blocks()
      .filter((block) => inside.intersectsNode(block))
      .map((block) => ({ block, words: part(inside, block) }))
      .filter((one) => one.words.trim());
    if (!held.length) return null;
    const [{ block, words: first }] = held;
    const skipped = length(first) - length(first.trimStart());
    const at = Number(block.dataset.start) + length(before(inside, block)) + skipped;
    return { text: held.map((one) => one.words.trim()).join("\n\n"), at, range: inside };
  }

  function part(range, block) {
    const piece = document.createRange();
    piece.selectNodeContents(block);
    if (block.contains(range.startContainer)) piece.setStart(range.startContainer, range.startOffset);
    if (block.contains(range.endContainer)) piece.setEnd(range.endContainer, range.endOffset);
    return textOf(piece);
  }

  function before(range, block) {
    if (!block.contains(range.startContainer)) return "";
    const piece = document.createRange();
    piece.selectNodeContents(block);
    piece.setEnd(range.startContainer, range.startOffset);
    return textOf(piece);
  }

  function textOf(range) {
    const copy = range.cloneContents();
    for (const line of all("br", copy)) line.replaceWith("\n");
    return copy.textContent;
  }

  // Where so many characters of a block end, a line break counting for one.
  function point(block, characters) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let left = characters;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeName === "BR") left -= 1;
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const signs = [...node.data];
      if (left <= signs.length) return [node, signs.slice(0, Math.max(left, 0)).join("").length];
      left -= signs.length;
    }
    return [block, block.childNodes.length];
  }

  function rangeOf(at, characters) {
    const start = blocks().findLast((block) => Number(block.dataset.start) <= at);
    const end = blocks().findLast((block) => Number(block.dataset.start) < at + characters);
    if (!start || !end) return null;
    const range = document.createRange();
    range.setStart(...point(start, at - Number(start.dataset.start)));
    range.setEnd(...point(end, at + characters - Number(end.dataset.start)));
    return range;
  }

  // The list

  let current = items().at(-1);

  function put(item, passage) {
    field(item).value = passage.text;
    place(item).value = passage.at;
    item.range = passage.range;
    shown();
  }

  function take() {
    const passage = selected();
    if (passage) put(current, passage);
    return passage;
  }

  function another() {
    take();
    if (!field(current).value.trim()) return false;
    const item = current.cloneNode(true);
    for (const one of all("button", item)) one.remove();
    field(item).value = place(item).value = "";
    field(item).required = false;
    field(item).id = `passage-${Date.now()}`;
    field(item).removeAttribute("aria-describedby");
    for (const label of all("label", item)) label.remove();
    field(item).setAttribute("aria-label", words.furtherWords);
    list.append(item);
    current = item;
    // What follows is chosen from here.
    const selection = document.getSelection();
    if (selection.rangeCount) selection.collapseToEnd();
    if (bar) bar.hidden = true;
    shown();
    return true;
  }

  function remove(item) {
    if (items().length === 1) {
      field(item).value = place(item).value = "";
      item.range = null;
    } else item.remove();
    current = items().find((one) => !field(one).value.trim()) || items().at(-1);
    shown();
  }

  function ordered() {
    const at = (item) => (place(item).value === "" ? Infinity : Number(place(item).value));
    const wanted = items().sort((one, other) => at(one) - at(other));
    if (wanted.some((item, number) => item !== items()[number])) list.append(...wanted);
  }

  function buttons() {
    const several = items().length > 1;
    for (const item of items()) {
      const known = one("button", item);
      if (known) known.hidden = !several;
      if (known || !several) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "small plain";
      button.textContent = "×";
      button.title = words.removeWords;
      button.setAttribute("aria-label", words.removeWords);
      button.addEventListener("click", () => remove(item));
      item.append(button);
    }
  }

  function shown() {
    // A field that somebody writes in stays where it is.
    if (!list.contains(document.activeElement)) ordered();
    buttons();
    if (CSS.highlights) {
      const ranges = items().map((item) => item.range).filter(Boolean);
      CSS.highlights.set("chosen", new Highlight(...ranges));
    }
    count();
  }

  // How much is quoted

  const account = one("[data-account]", panel);
  const told = JSON.parse(account.dataset.account);
  const reason = one(".quotation-reason", panel);
  let telling = 0;

  function union(spans) {
    let [characters, end] = [0, -1];
    for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
      characters += Math.max(to - Math.max(from, end), 0);
      end = Math.max(end, to);
    }
    return characters;
  }

  function count() {
    const spans = [...told.public, ...(told.dossiers[dossier.value] || [])];
    let loose = told.beside;
    for (const item of items()) {
      const characters = length(field(item).value.trim());
      const at = place(item).value;
      if (at === "") loose += characters;
      else spans.push([Number(at), Number(at) + characters]);
    }
    const used = union(spans) + loose;
    const over = Math.max(used - told.allowed, 0);
    const left = Math.max(told.allowed - used, 0);
    one("meter", account).value = over ? told.allowed + 1 : used;
    account.classList.toggle("over", over > 0);
    reason.hidden = !over && !one("textarea", reason).value;
    const pattern = over ? account.dataset.overWords : account.dataset.leftWords;
    const line = pattern.replace(/\{(\w+)\}/g, (_, name) => ({ used, allowed: told.allowed, left, over })[name]);
    // Told once the selection rests, so that it is not read out with every letter.
    clearTimeout(telling);
    telling = setTimeout(() => (one("[role=status]", account).textContent = line), 300);
  }

  // The form: beside the text, or on a phone a sheet below it

  const close = one("[data-close]", panel);

  function open() {
    const sheet = !beside.matches;
    panel.classList.toggle("sheet", sheet);
    close.hidden = !sheet;
    if (bar) bar.hidden = true;
    if (!sheet) return panel.scrollIntoView({ block: "nearest" });
    const range = current.range || items().findLast((item) => item.range)?.range;
    const rect = range && range.getBoundingClientRect();
    const room = innerHeight - panel.offsetHeight;
    // What was chosen stays in sight above the sheet.
    if (rect) scrollBy({ top: rect.bottom - rect.top > room ? rect.top - 80 : rect.bottom - room + 24 });
  }

  function shut() {
    panel.classList.remove("sheet");
    close.hidden = true;
    if (document.activeElement) document.activeElement.blur();
  }

  function clip() {
    take();
    const chosen = items().some((item) => field(item).value.trim());
    open();
    (chosen ? dossier : field(current)).focus({ preventScroll: !beside.matches });
  }

  // The browser's own way of growing and shrinking a selection; one that is empty starts with the first word.
  function word(way) {
    const selection = document.getSelection();
    if (selected()) selection.modify("extend", way, "word");
  }

  const nameField = () => (one(".new-name", panel).hidden = dossier.value !== "");

  one("[data-hint]", panel).hidden = false;
  one("[data-hint-plain]", panel).hidden = true;
  dossier.addEventListener("change", () => {
    nameField();
    count();
  });
  nameField();
  close.addEventListener("click", shut);
  for (const [selector, act] of [["[data-clip]", clip], ["[data-add-passage]", another]])
    for (const button of all(selector)) {
      // The selection must survive the press.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", (event) => {
        event.preventDefault();
        act();
      });
    }
  list.addEventListener("focusin", (event) => (current = event.target.closest("[data-passage]") || current));
  list.addEventListener("input", (event) => {
    const item = event.target.closest("[data-passage]");
    place(item).value = "";
    item.range = null;
    shown();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.classList.contains("sheet")) shut();
  });
  document.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    if (event.key !== "Enter" || !plain || event.target !== document.body || !selected()) return;
    event.preventDefault();
    clip();
  });
  document.addEventListener("selectionchange", () => {
    const passage = panel.contains(document.activeElement) ? null : selected();
    // Beside the text the panel shows what is selected; on a phone it lies below, and a button leads there.
    if (passage && beside.matches) put(current, passage);
    if (bar) bar.hidden = !passage || beside.matches || panel.classList.contains("sheet");
  });
  Object.assign(keys, {
    c: clip,
    "+": another,
    "-": () => remove(items().findLast((item) => field(item).value.trim()) || current),
    w: () => word("forward"),
    W: () => word("backward"),
  });
  for (const item of items()) {
    const at = place(item).value;
    if (at !== "") item.range = rangeOf(Number(at), length(field(item).value));
  }
  shown();
}
