// The servers and targets of the stack, now and over time, as pure functions of what is known (model.js).

import { seconds } from './model.js';
import { text } from './texts.js';
import { TARGET_STATES, UNKNOWN } from './words.js';

/** EC2's states, for what is no target. */
const INSTANCE_STATES = {
  pending: { shape: 'half', tone: 'busy' },
  running: { shape: 'disc', tone: 'good' },
  stopping: { shape: 'down', tone: 'warn' },
  'shutting-down': { shape: 'down', tone: 'warn' },
  stopped: { shape: 'cross', tone: 'bad' },
  terminated: { shape: 'cross', tone: 'bad' },
};

/** The database servers that the lab tells of, with their part in replication. */
export function serversOf(state, old) {
  return state.nodes
    .filter((node) => node.tier === 'db')
    .map((node) => ({
      key: node.name,
      name: node.name,
      zone: node.zone,
      subnet: node.subnet,
      cidr: node.cidr,
      instanceId: node.id,
      ...(old ? UNKNOWN : (INSTANCE_STATES[node.state] ?? UNKNOWN)),
      word: old ? text('stack.was', { state: node.state }) : [node.health, node.state].filter(Boolean).join(', '),
      lastState: node.state,
      reason: node.note,
      instance: '',
      since: node.address,
      cpu: null,
    }));
}

/** The subnets of a zone with what is in them; a lab that tells none of them has one without a name. */
export function subnetsOf(zone, targets, servers, nodes) {
  const cards = [...targets, ...servers].filter((card) => card.zone === zone);
  const bySubnet = new Map();
  for (const card of cards) {
    const node = nodes.find(({ name }) => name === card.name);
    const key = node?.subnet ?? '';
    if (!bySubnet.has(key)) bySubnet.set(key, { key, name: node?.subnet ?? '', cidr: node?.cidr ?? '', cards: [] });
    bySubnet.get(key).cards.push(card);
  }
  return [...bySubnet.values()].sort((a, b) => b.name.localeCompare(a.name));
}

/** Who the balancer sends to, as it told last; null if it told nothing yet. */
export function rotationOf(state) {
  return state.events.findLast((event) => event.detailType === 'Rotation Change')?.detail.targets ?? null;
}

/**
 * The states of every target over time: [{name, bands: [{from, to, state, shape, tone}]}]. Before its first event a target was in the
 * state that this tells of.
 *
 * @param now where a state ends that lasts
 */
export function stateRows(state, now, window) {
  const rows = new Map();
  // What was initial or unused had begun just before.
  const before = new Set(['healthy', 'unhealthy', 'draining']);
  for (const event of state.events) {
    if (event.detailType !== 'Target State Change') continue;
    const { instance, instanceId, from, to } = event.detail;
    const name = instance ?? instanceId;
    const at = seconds(event.time);
    if (!rows.has(name)) rows.set(name, before.has(from) ? [band(window.from, at, from)] : []);
    const bands = rows.get(name);
    if (bands.length > 0) bands.at(-1).to = at;
    bands.push(band(at, now, to));
  }
  return [...rows]
    .map(([name, bands]) => ({ name, bands: bands.filter(({ from, to }) => to > from && to >= window.from && from <= window.to) }))
    .filter(({ bands }) => bands.length > 0 && !bands.every((one) => one.state === 'unused'))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function band(from, to, state) {
  return { from, to, state, ...(TARGET_STATES[state] ?? UNKNOWN) };
}
