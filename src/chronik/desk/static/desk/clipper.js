// Makes the bookmark of the address under which this desk is open. The bookmark reads address, title and selection of a
// page, and opens a window of the desk with them; what then happens, the desk asks.
"use strict";

const QUOTE_CHARACTERS_MAX = 4000;

function bookmarklet(address) {
  const steps =
    `const e=encodeURIComponent,q=String(getSelection()).trim().slice(0,${QUOTE_CHARACTERS_MAX});` +
    `open(${JSON.stringify(address)}+"?url="+e(location.href)+"&title="+e(document.title.slice(0,500))+"&quote="+e(q),` +
    `"_blank","noopener,width=760,height=820")`;
  return `javascript:(()=>{${steps}})()`;
}

for (const link of document.querySelectorAll("[data-bookmarklet]")) {
  const code = bookmarklet(new URL(link.dataset.bookmarklet, location.href).href);
  link.href = code;
  link.hidden = false;
  // Here it is for dragging: on our own page there is nothing to clip.
  link.addEventListener("click", (event) => event.preventDefault());
  for (const field of document.querySelectorAll("[data-bookmarklet-text]")) field.value = code;
}

for (const place of document.querySelectorAll("[data-archive-address]")) place.textContent = location.origin;
