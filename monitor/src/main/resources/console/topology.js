// The boxes: balancer, one per zone with its targets, one per database.

import { element, reconcile, setAttribute, setShape, setText, shape } from './dom.js';
import { text } from './texts.js';
import { percent } from './words.js';

export function renderTopology(root, shown) {
  const boxes = [
    ...(shown.balancer ? [{ key: 'balancer', type: 'balancer', ...shown.balancer }] : []),
    ...shown.zones.map((zone) => ({ key: `zone ${zone.zone}`, type: 'zone', ...zone })),
    ...shown.databases.map((database) => ({ key: `database ${database.name}`, type: 'database', ...database })),
  ];
  reconcile(root, boxes, (box) => CREATE[box.type](box), (node, box) => UPDATE[box.type](node, box));
}

const CREATE = {
  balancer: (box) => figuresBox(text('stack.balancer'), box),
  zone: createZone,
  database: (box) => figuresBox(text('stack.database'), box),
};

const UPDATE = {
  balancer: (node, box) => updateFigures(node, box, ''),
  zone: (node, box) => reconcile(node.lastChild, box.targets, createTarget, updateTarget),
  database: (node, box) => updateFigures(node, box, [box.state, box.zone].filter(Boolean).join(', ')),
};

function createZone(box) {
  const zone = element('section', 'box zone', heading(text('stack.zone'), box.zone), element('div', 'targets'));
  zone.dataset.zone = box.zone;
  return zone;
}

function heading(kind, name) {
  return element('h3', '', element('span', 'kind', kind), ' ', name);
}

function figuresBox(kind, box) {
  return element('section', 'box figures', heading(kind, box.name), element('p', 'note'), element('dl'));
}

function updateFigures(node, box, note) {
  node.classList.toggle('old', box.old);
  node.classList.toggle('down', box.down === true);
  const [, line, list] = node.children;
  setText(line, note);
  line.hidden = note === '';
  const rows = box.figures.map(([label, value]) => ({ key: label, label, value }));
  reconcile(list, rows, (row) => element('div', '', element('dt', '', row.label), element('dd')), (item, row) =>
    setText(item.lastChild, row.value),
  );
}

function createTarget(target) {
  const state = element('span', 'word');
  const title = element('p', 'title', shape('question'), element('strong', '', target.name), ' ', state);
  const card = element('article', 'target', title, element('p', 'id', target.instanceId));
  card.append(element('p', 'reason'), element('p', 'since'));
  card.dataset.target = target.name;
  return card;
}

function updateTarget(card, target) {
  setAttribute(card, 'data-tone', target.tone);
  setAttribute(card, 'data-state', target.lastState);
  const [title, , why, since] = card.children;
  setShape(title.firstChild, target.shape);
  setText(title.lastChild, target.word);
  setText(why, [target.instance, target.reason].filter(Boolean).join(': '));
  why.hidden = why.textContent === '';
  setText(since, `${target.since} · CPU ${percent(target.cpu)}`);
}
