// What the page knows, as a pure function of the messages it was sent. No DOM, no clock: see view.js for what is shown of it.
//
// State: {samples: [{second, values}] oldest first, events: [event] oldest first, targets: {key: target},
//         instances: {key: instance}, alarms: {name: alarm}, balancer: name or null, databases: [name],
//         lines: [line that any sample ever had], nodes: [node of the lab, with its tier, zone and subnet], offered: [resource that something can be done to]}

import { samplesOf } from './samples.js';

/** Seconds of samples kept, whatever part of them is shown. */
export const RETAINED_SECONDS = 3600;
/** As many as a snapshot has. */
export const RETAINED_EVENTS = 1000;

export function empty() {
  return { samples: [], events: [], targets: {}, instances: {}, alarms: {}, balancer: null, databases: [], lines: [], nodes: [], offered: [] };
}

/** The state after these messages; the state given is left as it is. */
export function reduce(messages, state = empty()) {
  return messages.reduce(apply, state);
}

const HANDLERS = {
  snapshot: (state, message) => {
    // A snapshot is complete, except that one which resumes leaves out the seconds this page already has.
    const told = { nodes: state.nodes, offered: state.offered };
    const base = message.resumed ? { ...state, alarms: {} } : { ...empty(), ...told };
    const filled = withSamples(base, message);
    const alarmed = message.alarms.reduce(withAlarm, filled);
    return message.events.reduce(withEvent, alarmed);
  },
  // What the lab tells of itself, beside what the monitor has.
  lab: (state, { nodes, offered }) => ({ ...state, nodes, offered }),
  tick: withSamples,
  past: withSamples,
  event: (state, message) => withEvent(state, message.event),
  alarm: (state, message) => withAlarm(state, message.alarm),
  'alarm-removed': (state, message) => {
    const { [message.name]: removed, ...alarms } = state.alarms;
    return { ...state, alarms };
  },
};

function apply(state, message) {
  const handler = HANDLERS[message.type];
  // A newer monitor may send what this page does not know yet.
  return handler ? handler(state, message) : state;
}

function withSamples(state, block) {
  const samples = samplesOf(block);
  const unseen = newLines(samples, state.lines);
  const added = [...samples].map(([second, values]) => ({ second, values }));
  const all = merged(state.samples, added, samples);
  const newest = all.length === 0 ? 0 : all[all.length - 1].second;
  return {
    ...state,
    lines: unseen.length > 0 ? [...state.lines, ...unseen].sort() : state.lines,
    samples: all.filter((sample) => sample.second > newest - RETAINED_SECONDS),
    balancer: state.balancer ?? dimension(block, 'LoadBalancer')[0] ?? null,
    databases: [...new Set([...state.databases, ...dimension(block, 'DBInstanceIdentifier')])].sort(),
  };
}

function merged(known, added, samples) {
  const last = known.at(-1)?.second ?? -Infinity;
  // One second after the other is how they come.
  if (added.every(({ second }) => second > last)) return [...known, ...added.sort((a, b) => a.second - b.second)];
  return [...known.filter((sample) => !samples.has(sample.second)), ...added].sort((a, b) => a.second - b.second);
}

function newLines(samples, lines) {
  const known = new Set(lines);
  const unseen = new Set();
  for (const values of samples.values()) for (const line of Object.keys(values)) if (!known.has(line)) unseen.add(line);
  return [...unseen];
}

function dimension(block, name) {
  return block.series.filter((series) => name in series.dimensions).map((series) => series.dimensions[name]);
}

function withAlarm(state, alarm) {
  return { ...state, alarms: { ...state.alarms, [alarm.name]: alarm } };
}

function withEvent(state, event) {
  const identity = JSON.stringify(event);
  if (state.events.some((known) => known.time === event.time && JSON.stringify(known) === identity)) {
    return state;
  }
  const at = seconds(event.time);
  let index = state.events.length;
  while (index > 0 && seconds(state.events[index - 1].time) > at) index--;
  const events = state.events.toSpliced(index, 0, event).slice(-RETAINED_EVENTS);
  return withInstance(withTarget({ ...state, events }, event), event);
}

function withTarget(state, event) {
  if (event.detailType !== 'Target State Change') return state;
  const { instance, instanceId, zone, to, reasonCode, description } = event.detail;
  const target = { instance, instanceId, zone, state: to, reasonCode, description, since: event.time };
  return { ...state, targets: withNewer(state.targets, instanceId ?? instance, target) };
}

function withInstance(state, event) {
  if (event.detailType !== 'Instance State Change') return state;
  const { instance, instanceId, zone, state: condition, cause } = event.detail;
  const known = { instance, instanceId, zone, state: condition, cause, since: event.time };
  return { ...state, instances: withNewer(state.instances, instanceId ?? instance, known) };
}

/** Events may come late; an old one does not undo a newer one. */
function withNewer(known, key, entry) {
  const present = known[key];
  return present && seconds(present.since) > seconds(entry.since) ? known : { ...known, [key]: entry };
}

/** Seconds since the epoch, with fractions. */
export function seconds(time) {
  return Date.parse(time) / 1000;
}
