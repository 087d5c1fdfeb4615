// The few DOM operations the page is built of. Elements are kept and changed in place, so that focus and selection survive.

const SVG = 'http://www.w3.org/2000/svg';

export function element(tag, className = '', ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A symbol of index.html; decoration, since the word stands beside it. */
export function shape(id) {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'shape');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(document.createElementNS(SVG, 'use'));
  setShape(icon, id);
  return icon;
}

/** Any other element of SVG. */
export function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(label, onClick) {
  const made = element('button', 'plain', label);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

export function option(value, label) {
  const made = element('option', '', label);
  made.value = value;
  return made;
}

/** A control with its label. */
export function field(label, control) {
  return element('label', 'field', element('span', '', label), control);
}

export function setShape(icon, id) {
  setAttribute(icon.firstChild, 'href', `#shape-${id}`);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Makes the children of a container match the items: one element per key, made once, then updated, in the order of the items. */
export function reconcile(container, items, create, update) {
  const known = (container.known ??= new Map());
  const wanted = new Set(items.map((item) => item.key));
  for (const [key, node] of known) {
    if (!wanted.has(key)) {
      node.remove();
      known.delete(key);
    }
  }
  items.forEach((item, index) => {
    if (!known.has(item.key)) known.set(item.key, create(item));
    const node = known.get(item.key);
    if (container.children[index] !== node) container.insertBefore(node, container.children[index] ?? null);
    update(node, item);
  });
}
