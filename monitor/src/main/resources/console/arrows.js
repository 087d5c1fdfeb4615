// The links of the stack as arrows over its boxes: along the gutters between them, never across a box. They repeat what the list of
// links says in words.

import { reconcile, setAttribute, svg } from './dom.js';

const HEAD = 5;
/** How far into a zone's box its arrows run, by kind: requests come in on the left, queries leave on the right. */
const LANE = { requests: 6, queries: 7, reads: 3, replication: 6 };
/** How far above or below the zones they run from one to the other. */
const GUTTER = { requests: 8, queries: 6, reads: 11, replication: 16 };

export function drawArrows(layer, root, links) {
  const frame = root.getBoundingClientRect();
  const place = (selector, name) => {
    const found = root.querySelector(`[${selector}="${CSS.escape(name)}"]`);
    return found && boxOf(found, frame);
  };
  const drawn = links
    .map((link) => ({ ...link, ...routeOf(link, place, frame) }))
    .filter(({ path }) => path !== undefined);
  reconcile(layer, drawn, createArrow, updateArrow);
}

function boxOf(node, frame) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  const zone = node.closest('.zone');
  const box = { left: left - frame.left, right: right - frame.left, top: top - frame.top, bottom: bottom - frame.top };
  return zone === null || zone === node ? box : { ...box, zone: boxOf(zone, frame) };
}

function routeOf(link, place) {
  const from = place(link.kind === 'requests' ? 'data-balancer' : 'data-target', link.from);
  const to = place('data-target', link.to);
  if (!from || !to?.zone) return {};
  return ROUTES[link.kind](from, to, link.kind);
}

/** Where an arrow meets a card: at its title. */
function titleOf(card) {
  return card.top + 11;
}

const ROUTES = {
  /** Along the top of the zones, down the zone's left side. */
  requests: (from, to, kind) => {
    const lane = to.zone.left + LANE[kind];
    return arrow([from.right, titleOf(from)], [to.zone.top - GUTTER[kind], lane, titleOf(to), to.left], 1, from.right + GUTTER[kind]);
  },
  queries: fromSideToSide('right', -1),
  reads: fromSideToSide('right', -1),
  replication: fromSideToSide('left', 1),
};

/** Out of a zone on one side, below the zones to the other one, and in on the same side. */
function fromSideToSide(side, direction) {
  return (from, to, kind) => {
    const out = from.zone[side] + direction * LANE[kind];
    const into = to.zone[side] + direction * LANE[kind];
    const lines =
      Math.abs(out - into) < 1
        ? [titleOf(to), to[side]]
        : [Math.max(from.zone.bottom, to.zone.bottom) + GUTTER[kind], into, titleOf(to), to[side]];
    return arrow([from[side], titleOf(from)], lines, direction, out);
  };
}

/** @param first x of the first turn; after it lines are down or up to a y and over to an x in turn */
function arrow([x, y], lines, direction, first) {
  const path = lines.map((at, index) => (index % 2 === 0 ? `V${at}` : `H${at}`)).join('');
  const [tipY, tipX] = lines.slice(-2);
  return { path: `M${x} ${y}H${first}${path}`, tip: [tipX, tipY], direction };
}

function createArrow(link) {
  const made = svg('g', { class: 'arrow', 'data-kind': link.kind, 'data-from': link.from, 'data-to': link.to });
  made.append(svg('path', { class: 'line' }), svg('path', { class: 'head' }));
  return made;
}

function updateArrow(node, link) {
  setAttribute(node, 'data-state', link.state);
  setAttribute(node.firstChild, 'd', link.path);
  setAttribute(node.lastChild, 'd', (link.state === 'on' ? headOf : crossOf)(link.tip, link.direction));
}

function headOf([x, y], direction) {
  return `M${x} ${y}l${-direction * (HEAD + 2)} ${-HEAD}v${2 * HEAD}z`;
}

/** What does not flow ends in a cross, short of the card. */
function crossOf([x, y], direction) {
  const at = x - direction * HEAD;
  return `M${at - 3} ${y - 3}l6 6m0 -6l-6 6`;
}
