// The settings: which archive, with which token. They are tried before they are saved.

import { ask, origin, settings, unencrypted } from "./archive.js";
import { say, speak } from "./words.js";

speak();
const field = (name) => document.getElementById(name);
const saved = await settings();
field("archive").value = saved.archive;
field("token").placeholder = saved.token ? "••••••••" : "chronik_…";

/** Whether the archive knows the token: it answers what is no page otherwise than who is nobody. */
async function tried(archive, token) {
  try {
    const { status } = await ask(archive, token, { body: "", type: "text/plain" });
    return { 401: "token", 404: "no_archive", 415: "saved", 429: "many" }[status] || "answer";
  } catch {
    return "unreachable";
  }
}

field("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const archive = origin(field("archive").value);
  const token = field("token").value.trim() || (archive === saved.archive ? saved.token : "");
  if (!archive || !token) {
    field("state").textContent = say(archive ? "token" : "no_archive");
    return;
  }
  // Asked of the browser for this one address, while it knows that a person pressed a button.
  const allowed = await chrome.permissions.request({ origins: [`${archive}/*`] });
  if (!allowed) {
    field("state").textContent = say("not_allowed");
    return;
  }
  const found = await tried(archive, token);
  if (found === "saved") await chrome.storage.local.set({ archive, token });
  field("token").value = "";
  field("state").textContent = say(found === "saved" && unencrypted(archive) ? "saved_open" : found);
});

field("forget").addEventListener("click", async () => {
  const { archive } = await settings();
  await chrome.storage.local.clear();
  if (archive) await chrome.permissions.remove({ origins: [`${archive}/*`] }).catch(() => {});
  field("archive").value = field("token").value = "";
  field("state").textContent = say("forgotten");
});
