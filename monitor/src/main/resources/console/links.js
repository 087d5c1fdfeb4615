// Who sends to whom, as a pure function of what is known (model.js): the balancer to the targets that it has in rotation, the web
// servers to where the database's names lead, and a database server to those that replicate from it.

import { rotationOf } from './stack.js';
import { text } from './texts.js';
import { number } from './words.js';

/**
 * @param latest tells the present value of a line
 * @param old whether nothing that is known holds any more
 * @returns [{key, kind: 'requests', 'queries', 'reads' or 'replication', from, to, state: 'on', 'off' or 'unknown', text}]
 */
export function linksOf(state, targets, latest, old) {
  const links = [...requests(state, targets, latest), ...queries(state, targets), ...replication(state)];
  return links.map((link) => ({ key: `${link.kind} ${link.from} ${link.to}`, ...link, ...(old ? outdated(link) : {}) }));
}

function outdated(link) {
  return { state: 'unknown', text: text('stack.was', { state: link.text }) };
}

function requests(state, targets, latest) {
  const balancer = state.nodes.find(({ tier }) => tier === 'elb')?.name ?? state.balancer?.split('/')[1];
  const rotation = rotationOf(state);
  if (balancer === undefined || rotation === null) return [];
  const served = new Set(rotation.split(/[\s,]+/));
  return targets.map(({ name }) => {
    const on = served.has(name);
    const rate = on ? latest(`share.${name}`) : null;
    const key = on ? (rate === null ? 'link.requests' : 'link.requests-rate') : 'link.no-requests';
    return { kind: 'requests', from: balancer, to: name, state: on ? 'on' : 'off', text: text(key, { from: balancer, to: name, rate: number(rate) }) };
  });
}

/** The first name is the database's own, which writes go to; another one is a read replica's. */
function queries(state, targets) {
  const web = state.nodes.filter(({ tier }) => tier === 'web');
  const led = state.nodes.filter(({ tier }) => tier === 'db').flatMap((node) => (node.names ?? []).map((name) => ({ node, name })));
  return led.flatMap(({ node, name }) => {
    const kind = isOwnName(node, name, led) ? 'queries' : 'reads';
    return web
      .filter(({ name: from }) => targets.some((target) => target.name === from))
      .map((from) => {
        const on = from.state === 'running' && node.state === 'running';
        return { kind, from: from.name, to: node.name, state: on ? 'on' : 'off', text: text(`link.${on ? '' : 'no-'}${kind}`, { from: from.name, to: node.name, name }) };
      });
  });
}

/** A replica has a name of its own, which leads to the primary once it is promoted. */
function isOwnName(node, name, led) {
  const replica = led.find((other) => other.node.health === 'read-replica');
  return replica === undefined ? name === led[0].name : node.health !== 'read-replica';
}

function replication(state) {
  const servers = state.nodes.filter(({ tier }) => tier === 'db');
  const primary = servers.find(({ health }) => health === 'primary') ?? servers.find(({ names }) => names?.length > 0);
  return servers
    .filter(({ health }) => health === 'standby' || health === 'read-replica')
    .map((node) => {
      const source = servers.find(({ name }) => name === node.source);
      const from = source ?? primary;
      const on = source?.state === 'running' && node.state === 'running';
      return from && { kind: 'replication', from: from.name, to: node.name, state: on ? 'on' : 'off', text: text(on ? 'link.replication' : 'link.no-replication', { from: from.name, to: node.name, note: node.note }) };
    })
    .filter((link) => link && link.from !== link.to);
}
