// Builds elements. Attributes by name; `on...` adds a listener, `style` sets properties one by one (the content policy forbids style attributes).
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  apply(element, attributes);
  add(element, children);
  return element;
}

// A place that may be wider than the window: reached and moved with the keyboard too.
export const scrolling = (label, attributes = {}, ...children) =>
  h('div', { role: 'region', 'aria-label': label, tabindex: 0, ...attributes, class: `scroll ${attributes.class ?? ''}`.trim() }, ...children);

const SVG = 'http://www.w3.org/2000/svg';

export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  add(element, children);
  return element;
}

export function replace(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

// Changes a text only where it differs, so that a screen reader and the layout have peace.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function apply(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') Object.entries(value).forEach(([key, text]) => element.style.setProperty(key, text));
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}
