// The boxes: balancer, one per zone with its targets, one per database.

import { button, element, reconcile, setAttribute, setShape, setText, shape } from './dom.js';
import { text } from './texts.js';
import { percent } from './words.js';

/** @param act called with a title and with what says whether a resource is meant, where something can be done to one */
export function renderTopology(root, shown, act) {
  const offered = new Set(shown.offered);
  const boxes = [
    ...(shown.balancer ? [{ key: `balancer ${shown.balancer.instance}`, type: 'balancer', ...shown.balancer }] : []),
    ...shown.zones.map((zone) => ({ key: `zone ${zone.zone}`, type: 'zone', ...zone })),
    ...shown.databases.map((database) => ({ key: `database ${database.name}`, type: 'database', ...database })),
  ];
  reconcile(root, boxes, (box) => CREATE[box.type](box, act), (node, box) => {
    UPDATE[box.type](node, box, act);
    for (const opener of node.querySelectorAll('.act')) opener.hidden = !opener.resources.some((resource) => offered.has(resource));
  });
}

const CREATE = {
  balancer: (box, act) => figuresBox(text('stack.balancer'), box, opener(box.name, [`instance/${box.instance}`], act)),
  zone: createZone,
  database: (box, act) => figuresBox(text('stack.database'), box, opener(box.name, [`db/${box.name}`], act)),
};

const UPDATE = {
  balancer: (node, box) => updateFigures(node, box, box.sendsTo === null ? '' : text('stack.sends-to', { targets: box.sendsTo || text('event.no-target') })),
  zone: (node, box, act) => reconcile(node.lastChild, box.subnets, createSubnet, (subnet, one) => updateSubnet(subnet, one, act)),
  database: (node, box) => updateFigures(node, box, [box.state, box.zone].filter(Boolean).join(', ')),
};

function opener(name, resources, act) {
  const made = button(text('actions.title'), () => act(text('actions.on', { name }), (resource) => resources.includes(resource)));
  made.classList.add('act');
  made.setAttribute('aria-label', text('actions.on', { name }));
  return Object.assign(made, { resources });
}

function createZone(box, act) {
  const resource = `zone/${box.zone.at(-1)}`;
  const zone = element('section', 'box zone', heading(text('stack.zone'), box.zone, opener(box.zone, [resource], act)), element('div', 'subnets'));
  zone.dataset.zone = box.zone;
  return zone;
}

function createSubnet(subnet) {
  const name = element('p', 'subnet-name', subnet.name, ' ', element('span', 'id', subnet.cidr));
  name.hidden = subnet.name === '';
  return element('div', 'subnet', name, element('div', 'targets'));
}

function updateSubnet(node, subnet, act) {
  reconcile(node.lastChild, subnet.cards, (card) => createTarget(card, act), updateTarget);
}

function heading(kind, name, ...more) {
  return element('h3', '', element('span', 'kind', kind), ' ', name, ...more);
}

function figuresBox(kind, box, act) {
  return element('section', 'box figures', heading(kind, box.name, act), element('p', 'note'), element('dl'));
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

function createTarget(target, act) {
  const state = element('span', 'word');
  const title = element('p', 'title', shape('question'), element('strong', '', target.name), ' ', state, opener(target.name, [`instance/${target.name}`], act));
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
  setText(title.querySelector('.word'), target.word);
  setText(why, [target.instance, target.reason].filter(Boolean).join(': '));
  why.hidden = why.textContent === '';
  setText(since, target.cpu === null ? target.since : `${target.since} · CPU ${percent(target.cpu)}`);
}
