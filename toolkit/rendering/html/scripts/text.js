// Words and elements: whatever comes from data becomes text, never markup.

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

// What could turn the page around or is no character at all, written out.
function inert(text) {
  return String(text).replace(CONTROL, (found) => `⟨U+${codeOf(found)}⟩`);
}

function codeOf(character) {
  return character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
}

// What a browser makes of a name in an address: half a surrogate pair becomes U+FFFD.
function wellFormed(name) {
  return new URLSearchParams(new URLSearchParams({ name }).toString()).get('name');
}

/** @returns {any} An element of any kind: the template says which. */
function byId(id) {
  return document.getElementById(id);
}

/** @returns {any} The first element that a selector finds, of any kind. */
function find(selector) {
  return document.querySelector(selector);
}

// An element with attributes and children; strings among these are text that stands by itself.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children) {
    element.append(typeof child === 'string' ? inert(child) : child);
  }
  return element;
}

// Data in a line of ours: its direction does not spill over.
function data(text) {
  return make('bdi', {}, text);
}

// A name or value, isolated like data, that may go on in the next line behind a dot or low line.
function breakable(name) {
  return make('bdi', {}, ...name.split(/(?<=[._])/).flatMap((part) => [part, make('wbr')]).slice(0, -1));
}

function replaceWith(element, ...children) {
  element.replaceChildren(...children);
}

function plural(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
