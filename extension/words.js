// Puts the messages of the browser's language into a page of the extension.

export const say = (key) => chrome.i18n.getMessage(key) || key;

export function speak() {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  for (const one of document.querySelectorAll("[data-message]")) one.textContent = say(one.dataset.message);
}
