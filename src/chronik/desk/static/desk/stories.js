// Keys for pages about stories, beside those of desk.js: each presses a button or follows a link that stands on the page.
"use strict";

{
  // A key acts in the chosen row, else on the page. What desk.js does with it elsewhere, it does not do here.
  for (const key of new Set(all("[data-act]").map((target) => target.dataset.act))) {
    keys[key] = () => {
      const selector = `[data-act="${CSS.escape(key)}"]`;
      const row = current();
      const target = (row && one(selector, row)) || all(selector).find((found) => !found.closest("[data-row]"));
      if (target) target.click();
      // Where the chosen row is of another kind, the first one that this key is for is chosen.
      else choose(one(selector).closest("[data-row]"));
    };
  }

  // A mark is set or taken away on the chosen row.
  const mark = () => {
    const box = current() && one("[data-mark]", current());
    if (box) box.click();
  };
  if (one("[data-mark]")) keys["."] = mark;

  // Where an act was undone or done, the row that it was about is chosen again.
  const aim = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (aim && aim.matches("[data-row]")) chooseAtFirst(aim);
}
