/* Chronik: checks a published dossier in the reader's browser, with nothing but its files and WebCrypto.

   Formats: docs/how-to/verify-published.md; RFC 6962 (tree), RFC 8785 (canonical JSON), C2SP signed-note and
   tlog-checkpoint, RFC 3161 (stamps). What the page says of the outcome stands in its own template. */
"use strict";

(() => {
  const BYTES_MAX = 64 * 2 ** 20;
  const PATH_MAX = 64;
  const CLOCKS_APART_MS = 10 * 60 * 1000;
  const SIGNATURES_MAX = 64;
  const utf8 = new TextEncoder();

  /** Something that does not hold; `word` names the sentence that says so. */
  class Fault extends Error {
    constructor(word, told = {}) {
      super(word);
      this.word = word;
      this.told = told;
    }
  }

  const need = (holds, word, told) => {
    if (!holds) throw new Fault(word, told);
  };

  // Bytes

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let place = 0;
    for (const part of parts) {
      whole.set(part, place);
      place += part.length;
    }
    return whole;
  };
  const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

  function unbase64(text) {
    try {
      const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
      need(btoa(String.fromCharCode(...bytes)) === text, "proof");
      return bytes;
    } catch {
      throw new Fault("proof");
    }
  }

  /** RFC 8785: what ECMAScript writes, with keys in the order of their UTF-16 code units. */
  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const parts = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
    return `{${parts.join(",")}}`;
  }

  function parsed(bytes, word, { strict = true } = {}) {
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      const values = JSON.parse(text);
      need(values !== null && typeof values === "object" && (!strict || canonical(values) === text), word);
      return values;
    } catch {
      throw new Fault(word);
    }
  }

  /** The whole body, or nothing where it is too long; no more than that is read. */
  async function bodyOf(answer) {
    const reader = answer.body.getReader();
    const parts = [];
    let size = 0;
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.length;
      if (size > BYTES_MAX) {
        await reader.cancel();
        return null;
      }
      parts.push(step.value);
    }
    return joined(...parts);
  }

  async function fetched(address, name) {
    try {
      const answer = await fetch(address, { cache: "no-store", credentials: "omit", redirect: "error" });
      const bytes = answer.ok ? await bodyOf(answer) : null;
      if (bytes) return bytes;
    } catch {
      // said below
    }
    throw new Fault("missing", { file: name });
  }

  // Keys, notes and the tree

  async function keyOf(text) {
    const [name, id, ...rest] = String(text).split("+");
    const data = unbase64(rest.join("+"));
    need(name && data.length === 33 && data[0] === 1, "keys");
    const made = (await sha256(joined(utf8.encode(`${name}\n`), data))).slice(0, 4);
    need(hex(made) === id, "keys");
    return { name, id: made, bytes: data.slice(1) };
  }

  async function isSigned(message, signature, key) {
    let known;
    try {
      known = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      throw new Fault("no-ed25519");
    }
    return crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  }

  /** Size and root of a checkpoint that all these keys have signed. */
  async function checkpointOf(note, keys) {
    const end = note.lastIndexOf("\n\n");
    const lines = note.slice(end + 2).split("\n");
    need(end > 0 && lines.pop() === "" && lines.length >= 1 && lines.length <= SIGNATURES_MAX, "signature");
    const text = note.slice(0, end + 1);
    const head = text.slice(0, -1).split("\n");
    need(head.length >= 3 && /^(0|[1-9][0-9]{0,14})$/.test(head[1]), "signature");
    for (const key of keys) {
      need(head[0] === key.name, "signature");
      const own = lines
        .map((line) => line.split(" "))
        .filter(([dash, name, data]) => dash === "—" && name === key.name && data)
        .map(([, , data]) => unbase64(data))
        .filter((data) => same(data.slice(0, 4), key.id));
      need(own.length > 0, "signature");
      for (const data of own) need(await isSigned(utf8.encode(text), data.slice(4), key), "signature");
    }
    return { size: Number(head[1]), root: unbase64(head[2]) };
  }

  async function rootBy(path, leaf, index, size) {
    if (size === 1) {
      need(path.length === 0, "leaf");
      return leaf;
    }
    need(path.length > 0, "leaf");
    let split = 1;
    while (split * 2 < size) split *= 2;
    const [last] = path.slice(-1);
    const rest = path.slice(0, -1);
    if (index < split) return sha256(joined([1], await rootBy(rest, leaf, index, split), last));
    return sha256(joined([1], last, await rootBy(rest, leaf, index - split, size - split)));
  }

  /** What a leaf says, if it leads to the root. */
  async function payloadOf(item, { size, root }) {
    const { index, salt, payload, path } = item;
    const shaped = Number.isSafeInteger(index) && index >= 0 && index < size && typeof payload === "string";
    need(shaped && /^[0-9a-f]{64}$/.test(salt) && Array.isArray(path) && path.length <= PATH_MAX, "leaf");
    const salted = Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16));
    const key = await crypto.subtle.importKey("raw", salted, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const commitment = new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8.encode(payload)));
    const entry = utf8.encode(canonical({ commitment: hex(commitment), version: 1 }));
    const leaf = await sha256(joined([0], entry));
    need(same(await rootBy(path.map(unbase64), leaf, index, size), root), "leaf");
    return parsed(utf8.encode(payload), "leaf", { strict: false });
  }

  async function checkRotation(payload, index, old, next) {
    need(payload && payload.kind === "key-rotation" && payload.old === old && payload.new === next, "keys");
    const said = { at: String(payload.at), new: next, old, purpose: "chronik/key-rotation/v1", size: index };
    const message = utf8.encode(canonical(said));
    for (const [whose, key] of [["old", old], ["new", next]]) {
      const signature = unbase64(String((payload.signatures || {})[whose]));
      need(await isSigned(message, signature, await keyOf(key)), "keys");
    }
  }

  /** Moment of a stamp over this checkpoint: the time behind the digest (RFC 3161, section 2.4.2). */
  function momentOf(token, digest) {
    const text = String.fromCharCode(...token.slice(0, 2 ** 16));
    const place = text.indexOf(String.fromCharCode(...digest));
    const found = place < 0 ? null : text.slice(place).match(/\x18[\x0f-\x1b](\d{14})(?:\.\d+)?Z/);
    need(found, "stamp");
    const [year, month, day, hour, minute, second] = found[1].match(/^(....)(..)(..)(..)(..)(..)$/).slice(1).map(Number);
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  }

  /** Key and stamps of the seal over this manifest. */
  async function sealOf(bytes, slug, detail) {
    const proof = parsed(bytes, "proof");
    const shaped = proof.format === "chronik-bundle/1" && typeof proof.checkpoint === "string";
    need(shaped && [proof.keys, proof.leaves, proof.stamps].every(Array.isArray) && proof.keys.length > 0, "proof");
    const keys = [];
    for (const term of proof.keys) keys.push(await keyOf(term.key));
    const sizes = proof.keys.map((term) => term.size);
    need(sizes[0] === 0 && sizes.every((size, place) => place === 0 || size > sizes[place - 1]), "keys");
    need(keys.every((key) => key.name === keys[0].name), "keys");
    const head = await checkpointOf(proof.checkpoint, keys.slice(-1));
    need(sizes[sizes.length - 1] <= head.size, "keys");
    if (keys.length > 1 && sizes[sizes.length - 1] === head.size) await checkpointOf(proof.checkpoint, keys.slice(-2, -1));
    const payloads = new Map();
    for (const item of proof.leaves) payloads.set(item.index, await payloadOf(item, head));
    for (let place = 1; place < keys.length; place += 1) {
      const index = sizes[place] - 1;
      await checkRotation(payloads.get(index), index, proof.keys[place - 1].key, proof.keys[place].key);
    }
    const sealed = [...payloads.values()].find(({ kind, act }) => {
      const fits = kind === "act" && act && act.verb === "seal-edition" && act.subject === slug;
      return fits && canonical(act.detail) === canonical(detail);
    });
    need(sealed, "seal");
    const digest = await sha256(utf8.encode(proof.checkpoint));
    const stamps = proof.stamps.map(({ authority, token }) => ({
      authority: String(authority),
      at: momentOf(unbase64(token), digest),
    }));
    // A stamp is made after what it is over: an earlier one is false, or the archive's clock was.
    const begun = Date.parse(sealed.act.at) - CLOCKS_APART_MS;
    need(stamps.every((stamp) => stamp.at >= begun), "early");
    return { keys: proof.keys.map((term) => term.key), stamps: stamps.sort((one, other) => one.at - other.at) };
  }

  // The page

  const place = document.querySelector("[data-verify]");
  if (!place) return;
  const words = new Map(
    Array.from(document.querySelector("#verify-words").content.querySelectorAll("[data-word]"), (one) => [
      one.dataset.word,
      one.textContent,
    ]),
  );
  const said = (word, told = {}) => (words.get(word) || word).replace(/\{(\w+)\}/g, (_, name) => told[name] ?? "");
  const day = (at) => {
    const how = { dateStyle: "long", timeStyle: "short", timeZone: place.dataset.zone };
    return new Intl.DateTimeFormat(document.documentElement.lang, how).format(at);
  };
  // Signs that readers see: white space and controls are laid out, not said.
  const signs = (text) => text.replace(/[\s\x00-\x1f\x7f-\x9f\ufeff]/g, "");
  const text = (within, selector) => signs(Array.from(within.querySelectorAll(selector), (one) => one.textContent).join(""));

  /** Whether the excerpt of a clip with several passages says what they say, in the order of the text. */
  function madeOfPassages({ excerpt, passages }) {
    if (passages === undefined) return true;
    const quotes = passages.map((one) => one.selectors[0].exact);
    const places = passages.map((one) => one.selectors[1]);
    const inOrder = places.every((one, at) => one.start < one.end && (at === 0 || places[at - 1].end < one.start));
    return quotes.length > 1 && inOrder && signs(excerpt) === signs(quotes.join("[…]"));
  }

  /** What readers see of a part of the page, without what this script has put there. */
  function seen(part) {
    const copy = part.cloneNode(true);
    for (const own of copy.querySelectorAll(".verdict")) own.remove();
    copy.querySelector("[data-verify] [role=status]")?.replaceChildren();
    const dates = Array.from(copy.querySelectorAll("time"), (one) => one.dateTime);
    const links = Array.from(copy.querySelectorAll("a"), (one) => one.getAttribute("href"));
    return JSON.stringify([signs(copy.textContent), dates, links]);
  }

  /** Article on the page → the sentence on what is wrong with it, or nothing. */
  function faultsOf(articles, { dossier: data, alone, sealed }) {
    const clips = new Map(data.clips.map((clip) => [clip.permalink.split("/")[1], clip]));
    const found = new Map();
    for (const article of articles) {
      const name = alone || article.id.replace(/^c-/, "");
      const clip = clips.get(name);
      clips.delete(name);
      const shown = [text(article, ":is(h1, h3):not(.untitled)"), text(article, ".credit bdi"), text(article, "blockquote")];
      const wanted = clip && [clip.title, clip.credit, clip.excerpt].map(signs);
      const twin = alone ? sealed.querySelector("article.clip") : sealed.getElementById(article.id);
      if (!clip) found.set(article, "added");
      else if (!shown.every((part, number) => part === wanted[number])) found.set(article, "words");
      else found.set(article, twin && seen(twin) === seen(article) ? "" : "page");
    }
    return { found, lacking: alone ? 0 : clips.size };
  }

  async function check() {
    need(globalThis.crypto && crypto.subtle, "insecure");
    const folder = new URL(place.dataset.folder || "./", location.href);
    const root = new URL("../", folder);
    const own = location.pathname.endsWith("/") ? `${location.pathname}index.html` : location.pathname;
    const path = decodeURIComponent(own.slice(root.pathname.length));
    const slug = decodeURIComponent(folder.pathname.slice(root.pathname.length, -1));
    const [page, listed, data, proof, style] = await Promise.all([
      fetched(new URL(own, location.href), path),
      fetched(new URL("manifest.json", folder), "manifest.json"),
      fetched(new URL("dossier.json", folder), "dossier.json"),
      fetched(new URL("proof.json", folder), "proof.json"),
      fetched(new URL("style.css", root), "style.css"),
    ]);
    const manifest = parsed(listed, "manifest");
    need(manifest.kind === "chronik-manifest" && manifest.version === 1 && manifest.slug === slug, "manifest");
    const digestOf = (name) => (Object.hasOwn(manifest.files, name) ? manifest.files[name] : "");
    const detail = { edition: manifest.edition, manifest: hex(await sha256(listed)) };
    const seal = await sealOf(proof, slug, detail).catch((error) => {
      throw error instanceof Fault ? error : new Fault("proof");
    });
    need(hex(await sha256(data)) === digestOf(`${slug}/dossier.json`), "data");
    const dossier = parsed(data, "data", { strict: false });
    const { digest, published_at: _when, ...rest } = dossier;
    const derived = hex(await sha256(utf8.encode(canonical(rest))));
    need(derived === digest && derived === manifest.edition && Array.isArray(dossier.clips), "edition");
    need(dossier.clips.every(madeOfPassages), "data");
    need(hex(await sha256(page)) === digestOf(path), "page");
    const styled = hex(await sha256(style)) === digestOf("style.css");
    const alone = path.startsWith(`${slug}/c/`) ? path.split("/")[2] : "";
    // What is shown came by another request than what was hashed: a server can answer the two differently.
    const sealed = new DOMParser().parseFromString(new TextDecoder().decode(page), "text/html");
    return { seal, dossier, alone, sealed, notes: styled ? [] : ["style"] };
  }

  const line = (words_, kind) => {
    const made = document.createElement("p");
    made.className = `verdict ${kind}`;
    made.textContent = words_;
    return made;
  };

  function told(seal) {
    if (!seal.stamps.length) return said("signed");
    const names = seal.stamps.map((stamp) => stamp.authority).join(", ");
    return said("stamped", { date: day(seal.stamps[0].at), names });
  }

  function show(outcome, articles) {
    const { found, lacking } = faultsOf(articles, outcome);
    const main = document.querySelector("main");
    const whole = main !== null && seen(main) === seen(outcome.sealed.querySelector("main"));
    for (const [article, fault] of found) article.append(line(fault ? said(fault) : told(outcome.seal), fault ? "bad" : "good"));
    const bad = lacking > 0 || !whole || [...found.values()].some(Boolean);
    const summary = [line(said(bad ? "bad" : "good"), bad ? "bad" : "good")];
    if (!whole) summary.push(line(said("page"), "bad"));
    if (lacking) summary.push(line(said("lacking", { number: lacking }), "bad"));
    summary.push(...outcome.notes.map((note) => line(said(note), "note")), line(told(outcome.seal), "note"));
    const key = line(`${said("key")} `, "note");
    key.append(Object.assign(document.createElement("code"), { textContent: outcome.seal.keys.join(" → ") }));
    return [...summary, key, line(said("limits"), "note")];
  }

  async function verify(button, result) {
    button.disabled = true;
    for (const old of document.querySelectorAll(".verdict")) old.remove();
    result.replaceChildren(line(said("running"), "note"));
    const articles = Array.from(document.querySelectorAll("article.clip"));
    try {
      result.replaceChildren(...show(await check(), articles));
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault("broken", { reason: String(error) });
      // Browsers fetch nothing for a page that was opened as a file.
      const alone = location.protocol === "file:" && fault.word === "missing";
      const unable = alone || ["insecure", "no-ed25519", "broken"].includes(fault.word);
      const sentence = said(fault.word, fault.told);
      for (const article of articles) article.append(line(sentence, unable ? "note" : "bad"));
      result.replaceChildren(line(said(unable ? "unable" : "bad"), unable ? "note" : "bad"), line(sentence, "note"));
    }
    button.disabled = false;
  }

  const button = place.querySelector("button");
  button.addEventListener("click", () => verify(button, place.querySelector("[role=status]")));
  place.hidden = false;
})();
