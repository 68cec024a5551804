// The button: sends the page of the tab in front, and says what became of it.

import { origin, settings } from "./archive.js";
import { say, speak } from "./words.js";

speak();
const button = document.getElementById("send");
const state = document.getElementById("state");
const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
const { archive, token } = await settings();
document.getElementById("what").textContent = tab?.title || "";
if (!origin(archive) || !token) state.textContent = say("unset");

button.addEventListener("click", async () => {
  button.disabled = true;
  state.textContent = say("sending");
  const found = await chrome.runtime.sendMessage({ act: "send", tab: tab.id });
  state.textContent = say(found.state) === found.state && found.text ? found.text : say(found.state);
  button.disabled = false;
});
