// Sends a page when its reader asks for it, by the button or by the keys, and opens what became of it at the desk.

import { ask, settings } from "./archive.js";

const NAME = `Chronik Clipper ${chrome.runtime.getManifest().version}`;

// Scripts in pages have no business with the token.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

/** Take a tab's page and send it: `{state, address, text}`; a state is a key of the messages. */
async function sendPage(tabId) {
  const { archive, token } = await settings();
  if (!archive || !token) return { state: "unset" };
  let taken;
  try {
    [{ result: taken }] = await chrome.scripting.executeScript({ target: { tabId }, files: ["page.js"] });
  } catch {
    return { state: "page" };
  }
  if (!taken || taken.error) return { state: taken?.error || "page" };
  let response, answer;
  try {
    const body = JSON.stringify({ ...taken, sent_by: NAME });
    response = await ask(archive, token, { body, type: "application/json" });
    answer = await response.json();
  } catch {
    return { state: response ? { 413: "large", 503: "busy" }[response.status] || "answer" : "unreachable" };
  }
  if (!response.ok) return { state: answer.error || "answer", text: answer.text };
  return outcome(answer, archive);
}

/** What the archive's answer means; it may lead to its own desk only. */
function outcome(answer, archive) {
  if (!answer.address) return { state: "no_text" };
  const place = new URL(answer.address, archive);
  if (place.origin !== archive || !place.pathname.startsWith("/desk/")) return { state: "answer" };
  return { state: answer.selected === false ? "elsewhere" : answer.new ? "kept" : "known", address: place.href };
}

async function sendAndOpen(tabId) {
  await chrome.action.setBadgeText({ tabId, text: "…" });
  const found = await sendPage(tabId);
  await chrome.action.setBadgeText({ tabId, text: found.address ? "✓" : "!" }).catch(() => {});
  if (found.address) await chrome.tabs.create({ url: found.address });
  return found;
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (sender.id !== chrome.runtime.id || sender.tab?.url?.startsWith("http") || message?.act !== "send") return false;
  sendAndOpen(message.tab).then(reply);
  return true; // the reply comes later
});

chrome.commands.onCommand.addListener(async (command, tab) => {
  if (command !== "send-page" || !tab?.id) return;
  const found = await sendAndOpen(tab.id);
  if (found.state === "unset" || found.state === "token") await chrome.runtime.openOptionsPage();
});
