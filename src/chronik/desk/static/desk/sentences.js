// Choosing a passage without a mouse: sentence by sentence with keys, or from one pressed word with a tap.
"use strict";

{
  // Where the text's sentences stand: paragraph, first character, and the one after the last, blanks left out.
  let found = null;
  const sentences = () => (found ??= all("[data-block]", selectable).flatMap(inParagraph));

  function inParagraph(paragraph) {
    const text = paragraph.textContent;
    return pieces(text, paragraph.closest("[lang]")?.lang)
      .map(({ segment, index }) => {
        const start = index + segment.length - segment.trimStart().length;
        return { paragraph, start, end: start + segment.trim().length };
      })
      .filter(({ start, end }) => end > start);
  }

  // “am 3. April”, “J. Meier”, “z. B.”, “Dr. Moll”: what is no end although there is a full stop.
  const GOES_ON = /(?:^|[\s(„“"«])(?:\d{1,2}|\p{L}|Dr|Prof|Nr|No|St|Mr|Mrs|Ms|Mme|M|bzw|ca|vgl|sog|usw|art|vol)\.\s*$/u;

  function pieces(text, language) {
    if (!Intl.Segmenter) return [{ segment: text, index: 0 }];
    const found = [];
    for (const { segment, index } of new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(text)) {
      const before = found.at(-1);
      if (before && GOES_ON.test(before.segment)) before.segment += segment;
      else found.push({ segment, index });
    }
    return found;
  }

  function point(paragraph, characters) {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let left = characters;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
    return [paragraph, paragraph.childNodes.length];
  }

  function rangeOf({ paragraph, start, end }) {
    const range = document.createRange();
    range.setStart(...point(paragraph, start));
    range.setEnd(...point(paragraph, end));
    return range;
  }

  // First and last sentence that the selection touches; -1 where it touches none.
  function touched() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [-1, -1];
    const range = selection.getRangeAt(0);
    const holds = (sentence) => {
      const own = rangeOf(sentence);
      return (
        range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0
      );
    };
    const held = sentences().map(holds);
    return [held.indexOf(true), held.lastIndexOf(true)];
  }

  function select(first, last) {
    const list = sentences();
    if (!list.length) return;
    const [from, to] = [first, last].map((at) => list[Math.min(Math.max(at, 0), list.length - 1)]);
    if (document.activeElement !== document.body) document.activeElement.blur();
    const [start, end] = [rangeOf(from), rangeOf(to)];
    const at = [start.startContainer, start.startOffset, end.endContainer, end.endOffset];
    document.getSelection().setBaseAndExtent(...at);
    to.paragraph.scrollIntoView({ block: "nearest" });
  }

  // First sentence that ends behind the place where the selection was given up; the first of all where it never was.
  function ahead() {
    const selection = document.getSelection();
    if (!selection.rangeCount || !selectable.contains(selection.anchorNode)) return 0;
    const caret = selection.getRangeAt(0);
    const behind = sentences().findIndex((one) => caret.compareBoundaryPoints(Range.START_TO_END, rangeOf(one)) < 0);
    return behind < 0 ? sentences().length : behind;
  }

  const stepped = (by) => {
    const [first, last] = touched();
    const next = first < 0 ? ahead() : last + 1;
    const before = first < 0 ? ahead() || sentences().length : first;
    const at = by > 0 ? next : before - 1;
    select(at, at);
  };
  const stretched = (by) => {
    const [first, last] = touched();
    if (first < 0) stepped(1);
    else select(first, Math.max(first, last + by));
  };

  // The first tap chooses a sentence, the next all up to another; a tap on the only one chosen chooses none.
  function tapped(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    const [node, offset] = caret ? [caret.offsetNode, caret.offset] : placeBefore(x, y);
    const at = sentences().findIndex((sentence) => node && rangeOf(sentence).isPointInRange(node, offset));
    if (at < 0) return;
    const [first, last] = chosen;
    chosen = first < 0 ? [at, at] : first === last && at === first ? [-1, -1] : [Math.min(first, at), Math.max(last, at)];
    if (chosen[0] < 0) document.getSelection().removeAllRanges();
    else select(...chosen);
  }
  let chosen = [-1, -1];

  function placeBefore(x, y) {
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? [range.startContainer, range.startOffset] : [null, 0];
  }

  if (selectable && panel) {
    Object.assign(keys, { n: () => stepped(1), b: () => stepped(-1), N: () => stretched(1), B: () => stretched(-1) });
    for (const button of all("[data-whole-sentence]")) {
      // The selection must survive the press.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => select(...touched()));
    }
    for (const button of all("[data-tap-sentences]")) {
      button.closest("[hidden]")?.removeAttribute("hidden");
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(selectable.toggleAttribute("data-tapped")));
      });
    }
    selectable.addEventListener("click", (event) => {
      if (selectable.hasAttribute("data-tapped") && !event.target.closest("a[href]")) tapped(event.clientX, event.clientY);
    });
    // What stands in the form is sent from any of its fields.
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.form) return;
      event.preventDefault();
      one("button.main", event.target.form)?.click();
    });
  }
}
