// What the page knows, as a pure function of the messages it was sent. No DOM, no clock: see view.js for what is shown of it.
//
// State: {samples: [{second, values}] oldest first, events: [event] oldest first, targets: {key: target},
//         instances: {key: instance}, alarms: {name: alarm}, balancer: name or null, databases: [name]}

import { samplesOf } from './samples.js';

/** Seconds of samples kept, whatever part of them is shown. */
export const RETAINED_SECONDS = 900;
export const RETAINED_EVENTS = 500;

export function empty() {
  return { samples: [], events: [], targets: {}, instances: {}, alarms: {}, balancer: null, databases: [] };
}

/** The state after these messages; the state given is left as it is. */
export function reduce(messages, state = empty()) {
  return messages.reduce(apply, state);
}

const HANDLERS = {
  snapshot: (state, message) => {
    // A snapshot is complete, except that one which resumes leaves out the seconds this page already has.
    const base = message.resumed ? { ...state, alarms: {} } : empty();
    const filled = withSamples(base, message);
    const alarmed = message.alarms.reduce(withAlarm, filled);
    return message.events.reduce(withEvent, alarmed);
  },
  tick: withSamples,
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
  const kept = state.samples.filter((sample) => !samples.has(sample.second));
  const added = [...samples].map(([second, values]) => ({ second, values }));
  const all = [...kept, ...added].sort((a, b) => a.second - b.second);
  const newest = all.length === 0 ? 0 : all[all.length - 1].second;
  return {
    ...state,
    samples: all.filter((sample) => sample.second > newest - RETAINED_SECONDS),
    balancer: state.balancer ?? dimension(block, 'LoadBalancer')[0] ?? null,
    databases: [...new Set([...state.databases, ...dimension(block, 'DBInstanceIdentifier')])].sort(),
  };
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
