// Shows how far long work has come, every few seconds, as long as the page is looked at.
"use strict";

const EVERY_MS = 3000;

async function follow() {
  const shown = document.querySelector("[data-jobs]");
  if (document.hidden || !shown || shown.contains(document.activeElement)) return;
  const response = await fetch(location.href, { redirect: "error" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-jobs]");
  if (fresh) shown.replaceWith(fresh);
  if (!page.querySelector("progress")) clearInterval(following);
}

const following = setInterval(() => follow().catch(() => {}), EVERY_MS);
