// The archive that pages are sent to: its address and the token, and how it is asked.

export const TIMEOUT_MS = 120000;

/** The address and the token as they were saved; empty where nothing was. */
export async function settings() {
  return chrome.storage.local.get({ archive: "", token: "" });
}

/** The origin of an archive's address as a person writes it; empty where it is none. */
export function origin(text) {
  try {
    const found = new URL(text.includes("://") ? text.trim() : `https://${text.trim()}`);
    return ["http:", "https:"].includes(found.protocol) && !found.username && !found.password ? found.origin : "";
  } catch {
    return "";
  }
}

/** Whether what is sent to this address can be read on the way. */
export function unencrypted(archive) {
  const { protocol, hostname } = new URL(archive);
  return protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Ask the archive, with the token and without any cookie. */
export function ask(archive, token, { body, type }) {
  return fetch(new URL("/api/capture", archive), {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
    body,
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}
