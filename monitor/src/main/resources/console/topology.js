// The boxes: balancer and databases, beside them a zone each with its targets, and between them who sends to whom.

import { drawArrows } from './arrows.js';
import { button, element, reconcile, setAttribute, setShape, setText, shape, svg } from './dom.js';
import { text } from './texts.js';
import { number, percent } from './words.js';

/** Also the order of the legend. */
const KINDS = ['requests', 'queries', 'reads', 'replication'];

/** The map: made once, then shown again and again. */
export class Topology {
  /** @param act called with a title and with what says whether a resource is meant, where something can be done to one */
  constructor(root, act) {
    Object.assign(this, { root, act, links: [] });
    this.services = element('div', 'services');
    this.zones = element('div', 'zones');
    this.map = element('div', 'map', this.services, this.zones);
    this.arrows = svg('svg', { class: 'arrows', 'aria-hidden': 'true' });
    this.map.append(this.arrows);
    this.list = element('ul', 'links');
    this.list.setAttribute('aria-label', text('link.title'));
    this.legend = element('p', 'arrow-legend note');
    root.append(this.map, this.legend, this.list);
    new ResizeObserver(() => this.draw()).observe(this.map);
  }

  render(shown) {
    const services = [
      ...(shown.balancer ? [{ key: `balancer ${shown.balancer.instance}`, type: 'balancer', ...shown.balancer }] : []),
      ...shown.databases.map((database) => ({ key: `database ${database.name}`, type: 'database', ...database })),
    ];
    const zones = shown.zones.map((zone) => ({ key: `zone ${zone.zone}`, type: 'zone', ...zone }));
    const offered = new Set(shown.offered);
    this.boxes(this.services, services, offered);
    this.boxes(this.zones, zones, offered);
    this.links = shown.links;
    reconcile(this.list, this.links, () => element('li'), (item, link) => {
      setAttribute(item, 'data-state', link.state);
      setText(item, link.text);
    });
    const kinds = KINDS.filter((kind) => this.links.some((link) => link.kind === kind));
    this.legend.hidden = kinds.length === 0;
    reconcile(this.legend, [...kinds.map((kind) => ({ key: kind })), { key: 'off' }], legendItem, () => {});
    this.draw();
  }

  boxes(place, boxes, offered) {
    reconcile(place, boxes, (box) => CREATE[box.type](box, this.act), (node, box) => {
      UPDATE[box.type](node, box, this.act);
      for (const opener of node.querySelectorAll('.act')) opener.hidden = !opener.resources.some((resource) => offered.has(resource));
    });
  }

  draw() {
    drawArrows(this.arrows, this.map, this.links);
  }
}

/** A line of its kind with its word. */
function legendItem({ key }) {
  const line = svg('svg', { class: 'swatch', viewBox: '0 0 22 8', 'aria-hidden': 'true' });
  const arrow = svg('g', { class: 'arrow', 'data-kind': key, 'data-state': key === 'off' ? 'off' : 'on' });
  arrow.append(svg('path', { class: 'line', d: 'M0 4H16' }), svg('path', { class: 'head', d: key === 'off' ? 'M15 1l6 6m0 -6l-6 6' : 'M22 4l-6 -4v8z' }));
  line.append(arrow);
  return element('span', 'legend-item', line, text(`link.kind-${key}`));
}

const CREATE = {
  balancer: (box, act) => {
    const made = figuresBox(text('stack.balancer'), box, opener(box.name, [`instance/${box.instance}`], act));
    made.dataset.balancer = box.instance || box.name;
    return made;
  },
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
  const cpu = target.cpu === null ? [] : [`CPU ${percent(target.cpu)}`];
  const share = target.share == null ? [] : [text('stack.share', { rate: number(target.share) })];
  setText(since, [target.since, ...share, ...cpu].join(' · '));
}
