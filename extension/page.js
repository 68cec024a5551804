// Runs in the page, when its reader asks for it, and apart from the page's own scripts: writes the page down as it
// stands, in one text, with what is selected. It leaves out what acts, what was typed, and what looks like a secret;
// cookies and stored data of the page are not looked at.
"use strict";

(async () => {
  const PAGE_BYTES_MAX = 12 * 2 ** 20;
  const PICTURES_BYTES_MAX = 6 * 2 ** 20;
  const PICTURE_BYTES_MAX = 2 ** 20;
  const PICTURES_MAX = 60;
  const PICTURES_TIMEOUT_MS = 8000;
  const PICTURE_SIDE_MIN = 48;
  const STYLE_CHARACTERS_MAX = 2 ** 20;
  const QUOTE_CHARACTERS_MAX = 20000;
  const CONTEXT_CHARACTERS = 64;
  const CONTENT_CHARACTERS_MAX = 8000;
  const DEPTH_MAX = 900;

  // What a name says that must not leave the browser: of an attribute, of a field in an address, of a declaration.
  const SECRET =
    /(^|[-_.])(access|auth|authorization|bearer|csrf|jsessionid|jwt|nonce|passw(or)?d|phpsessid|secret|sess(ion)?(id)?|sid|signature|token|xsrf)s?($|[-_.])|(token|sessionid|password|secret)$/i;
  const LEFT_OUT = new Set(
    ("animate animatemotion animatetransform applet audio base canvas datalist embed fencedframe frame frameset iframe " +
      "input keygen noembed noframes noscript object optgroup option output param plaintext portal progress script " +
      "select set source template textarea track video xmp")
      .split(" "),
  );
  const VOID = new Set("area br col hr img link meta wbr".split(" "));
  const KEPT = new Set(
    ("abbr about align alt cite class colspan content datetime dir headers height hidden hreflang id itemid itemprop " +
      "itemscope itemtype lang media name open property pubdate rel resource reversed role rowspan scope span start " +
      "style title type typeof valign vocab width")
      .split(" "),
  );
  const LINKS = new Set("alternate amphtml author canonical license next prev shortlink".split(" "));
  const NAME = /^[a-z_][\w.:-]*$/i;

  // A form answers for its fields, a document for its pictures, when they bear the name of what is asked: so it is the
  // browser that is asked, and not the page.
  const reader = (type, name) => {
    const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
    return (node) => get.call(node);
  };
  const [childrenOf, kindOf, textOf] = ["childNodes", "nodeType", "textContent"].map((name) => reader(Node, name));
  const [attributesOf, nameOf, spaceOf, shadowOf] = ["attributes", "localName", "namespaceURI", "shadowRoot"].map(
    (name) => reader(Element, name),
  );
  const editable = reader(HTMLElement, "isContentEditable");
  const [bodyOf, headOf, imagesOf, titleOf] = ["body", "head", "images", "title"].map((name) => reader(Document, name));
  const rootOf = reader(Document, "documentElement");
  const sheetsOf = reader(Document, "styleSheets");
  const baseOf = reader(Node, "baseURI");
  const valueOf = (node, name) => Element.prototype.getAttribute.call(node, name);

  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const quoted = (text) => escaped(text).replace(/"/g, "&quot;");
  const harmless = (css) =>
    css
      .replace(/url\(\s*(?!["']?data:image\/)[^)]*\)/gi, "none")
      .replace(/@import[^;]*;?/gi, "")
      .replace(/<\//g, "<\\/");

  /** An address in full, without what looks like a secret; empty for what is no web address. */
  function address(text) {
    let found;
    try {
      found = new URL(text, baseOf(document));
    } catch {
      return "";
    }
    if (!["http:", "https:", "mailto:"].includes(found.protocol)) return "";
    found.username = found.password = "";
    for (const name of [...found.searchParams.keys()]) if (SECRET.test(name)) found.searchParams.delete(name);
    if (SECRET.test(found.hash.slice(1).split("=")[0])) found.hash = "";
    return found.href;
  }

  // Pictures

  async function dataAddress(picture, signal) {
    const source = picture.currentSrc || picture.src;
    if (!/^https?:/.test(source)) return "";
    // Pictures of other sites are asked for without cookies; those of the page's own site as the page asked for them.
    const response = await fetch(source, { credentials: "same-origin", cache: "force-cache", signal });
    if (!response.ok) return "";
    const file = await response.blob();
    if (!/^image\/(avif|gif|jpeg|png|webp)$/.test(file.type) || file.size > PICTURE_BYTES_MAX) return "";
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => resolve("");
      reader.readAsDataURL(file);
    });
  }

  async function inlined() {
    const found = new Map();
    const signal = AbortSignal.timeout(PICTURES_TIMEOUT_MS);
    let left = PICTURES_BYTES_MAX;
    const large = [...imagesOf(document)].filter(
      (one) => one.naturalWidth >= PICTURE_SIDE_MIN && one.naturalHeight >= PICTURE_SIDE_MIN && one.checkVisibility(),
    );
    for (const picture of large.slice(0, PICTURES_MAX)) {
      if (signal.aborted) break;
      const data = await dataAddress(picture, signal).catch(() => "");
      if (data && data.length <= left) {
        left -= data.length;
        found.set(picture, data);
      }
    }
    return found;
  }

  // Style

  function styles() {
    let css = "";
    for (const sheet of [...sheetsOf(document), ...(reader(Document, "adoptedStyleSheets")(document) || [])]) {
      if (sheet.disabled) continue;
      let rules;
      try {
        rules = [...sheet.cssRules];
      } catch {
        continue; // another site's, which the browser does not let us read
      }
      const text = rules
        .filter((rule) => !(rule instanceof CSSImportRule) && !(rule instanceof CSSFontFaceRule))
        .map((rule) => rule.cssText)
        .join("\n");
      const media = sheet.media && sheet.media.mediaText;
      css += harmless(media && media !== "all" ? `@media ${media} {\n${text}\n}\n` : `${text}\n`);
      if (css.length > STYLE_CHARACTERS_MAX) return css.slice(0, css.lastIndexOf("}", STYLE_CHARACTERS_MAX) + 1);
    }
    return css;
  }

  // The page

  function attributes(node, pictures) {
    const drawn = spaceOf(node) === "http://www.w3.org/2000/svg";
    let text = "";
    for (const { name, value } of attributesOf(node)) {
      const low = name.toLowerCase();
      const stays = drawn ? !/^on|href|^data-|^xmlns|src$/.test(low) : KEPT.has(low);
      if (!stays || !NAME.test(name) || SECRET.test(name)) continue;
      text += ` ${name}="${quoted(low === "style" || drawn ? harmless(value) : value)}"`;
    }
    const target = valueOf(node, "href");
    const kind = nameOf(node);
    if (target && ["a", "area", "link"].includes(kind)) {
      const full = target.startsWith("#") ? target : address(target);
      if (full) text += ` href="${quoted(full)}"`;
    }
    if (kind === "img") {
      const source = address(node.currentSrc || node.src);
      const data = pictures.get(node);
      if (source) text += data ? ` src="${data}" data-src="${quoted(source)}"` : ` src="${quoted(source)}"`;
    }
    return text;
  }

  function declares(node) {
    if (nameOf(node) === "link") return [...node.relList].some((one) => LINKS.has(one.toLowerCase()));
    const named = ["name", "property", "itemprop"].map((one) => valueOf(node, one)).filter(Boolean);
    const content = valueOf(node, "content") || "";
    return named.length > 0 && !named.some((one) => SECRET.test(one)) && content.length <= CONTENT_CHARACTERS_MAX;
  }

  function data(node) {
    const text = textOf(node);
    if (node.type !== "application/ld+json" || /<[/!]/.test(text)) return "";
    return `<script type="application/ld+json">${text}</script>`;
  }

  function written(node, pictures, depth = 0) {
    if (kindOf(node) === Node.TEXT_NODE) return escaped(node.data);
    if (kindOf(node) !== Node.ELEMENT_NODE) return "";
    const tag = nameOf(node);
    const name = tag.toLowerCase();
    if (name === "script") return data(node);
    if (name === "style" || LEFT_OUT.has(name)) return "";
    if ((name === "link" || name === "meta") && !declares(node)) return "";
    const typed = depth > 1 && node instanceof HTMLElement && editable(node);
    const within = typed || depth > DEPTH_MAX ? "" : inside(node, pictures, depth);
    if (!NAME.test(tag)) return within;
    const start = `<${tag}${attributes(node, pictures)}>`;
    return VOID.has(name) ? start : `${start}${within}</${tag}>`;
  }

  function inside(node, pictures, depth) {
    const children = (of) => [...childrenOf(of)].map((child) => written(child, pictures, depth + 1)).join("");
    const open = shadowOf(node);
    const shadow = open ? `<template shadowrootmode="open">${children(open)}</template>` : "";
    return shadow + children(node);
  }

  function whole(pictures) {
    const [root, first, second] = [rootOf(document), headOf(document), bodyOf(document)];
    const head = first ? inside(first, pictures, 1) : "";
    const body = second ? written(second, pictures, 1) : "";
    const style = `<style>\n${styles()}</style>`;
    return `<!DOCTYPE html>\n<html${attributes(root, pictures)}><head><meta charset="utf-8">${head}${style}</head>${body}</html>\n`;
  }

  // The selection, with what stands around it: which tells one place from another.

  function selection() {
    const body = bodyOf(document);
    const selected = window.getSelection();
    if (!selected || selected.isCollapsed || !selected.rangeCount || !body) return null;
    const range = selected.getRangeAt(0);
    const exact = selected.toString().trim();
    if (!exact) return null;
    const before = new Range();
    const after = new Range();
    before.selectNodeContents(body);
    after.selectNodeContents(body);
    try {
      before.setEnd(range.startContainer, range.startOffset);
      after.setStart(range.endContainer, range.endOffset);
    } catch {
      return { exact: exact.slice(0, QUOTE_CHARACTERS_MAX), prefix: "", suffix: "" };
    }
    return {
      exact: exact.slice(0, QUOTE_CHARACTERS_MAX),
      prefix: before.toString().slice(-CONTEXT_CHARACTERS),
      suffix: after.toString().slice(0, CONTEXT_CHARACTERS),
    };
  }

  if (!(document instanceof HTMLDocument) || !/^https?:$/.test(location.protocol)) return { error: "page" };
  const selected = selection(); // before anything is waited for: it may be gone then
  const own = new URL(address(location.href));
  own.hash = "";
  let page = whole(await inlined());
  if (new Blob([page]).size > PAGE_BYTES_MAX) page = whole(new Map());
  if (new Blob([page]).size > PAGE_BYTES_MAX) return { error: "large" };
  return { url: own.href, title: titleOf(document).slice(0, 1000), page, media_type: "text/html", selection: selected };
})();
