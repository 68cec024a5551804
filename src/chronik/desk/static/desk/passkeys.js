// Passkeys: what the browser makes or proves goes into a form of the page, which is sent as any other.
"use strict";

const able = Boolean(window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON);

function filled(form, credential) {
  form.elements.passkey.value = JSON.stringify(credential.toJSON());
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey-use]")) {
  if (!able) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = JSON.parse(form.dataset.passkeyUse);
    try {
      filled(form, await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) }));
    } catch {
      form.querySelector("[data-failed]").hidden = false;
    }
  });
}

for (const form of document.querySelectorAll("form[data-passkey-make]")) {
  if (!able) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      const answer = await fetch(form.dataset.passkeyMake, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(String(answer.status));
      const asked = PublicKeyCredential.parseCreationOptionsFromJSON(await answer.json());
      filled(form, await navigator.credentials.create({ publicKey: asked }));
    } catch {
      failed.hidden = false;
    }
  });
}
