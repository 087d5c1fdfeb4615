// What is shown, as a pure function of what is known (model.js) and of how fresh it is. Unknown is never green.

import { bandsOf, bounds } from './bands.js';
import { linksOf } from './links.js';
import { seconds } from './model.js';
import { rotationOf, serversOf, stateRows, subnetsOf } from './stack.js';
import { text } from './texts.js';
import { ALARM_STATES, duration, eventText, name, number, percent, reason, TARGET_STATES, timeOfDay, UNKNOWN } from './words.js';

/** A stream that brought nothing for so long no longer says how things are. */
const SILENT_AFTER = 3;

/** Target states hold as long as the balancer reports its host counts, which it does every second. */
const UNCONFIRMED_AFTER = 5;

/** A value this many seconds old is still the present one. */
const DELAYED_BY = 5;

const LISTED_EVENTS = 100;

/** The present second is told when it is over; events come at once and need room to the right of it. */
const MARGIN = 3;

/**
 * @param clock {connection: 'connecting' | 'open' | 'lost', silence: seconds since the last tick came, now: wall clock,
 *   windowSeconds, zoom: {from, to} or null}
 */
export function view(state, clock) {
  const last = state.samples.at(-1)?.second ?? null;
  const now = last === null ? clock.now : last + 1 + Math.max(0, Math.floor(clock.silence));
  const freshness = freshnessOf(last, clock);
  const unknown = unknownBecause(state, freshness, clock, now);
  const targets = targetsOf(state, unknown !== null, now);
  const alarms = alarmsOf(state, !freshness.live, now);
  const window = clock.zoom ?? { from: now + MARGIN - clock.windowSeconds, to: now + MARGIN };
  return {
    freshness,
    overall: overall(targets, alarms, unknown),
    balancer: balancerOf(state, !freshness.live),
    zones: zonesOf(targets, serversOf(state, !freshness.live), state.nodes),
    databases: databasesOf(state, !freshness.live),
    links: linksOf(state, targets, (line) => lastValue(state, line), !freshness.live),
    offered: state.offered,
    alarms,
    events: eventsOf(state),
    window,
    columns: columns(state, window),
    latest: (line) => lastValue(state, line),
    last,
    linesOf: (prefix) => linesOf(state, prefix),
    states: stateRows(state, now + MARGIN, window),
    timeline: timeline(state, now, window),
  };
}

function freshnessOf(last, clock) {
  const seen = last === null ? text('fresh.none') : text('fresh.seen', { time: timeOfDay(last), duration: duration(clock.silence) });
  if (clock.connection === 'lost') return { live: false, state: 'lost', word: text('fresh.lost'), text: text('fresh.trying', { seen }) };
  if (clock.connection === 'connecting') return { live: false, state: 'old', word: text('fresh.connecting'), text: seen };
  if (last === null) return { live: false, state: 'old', word: text('fresh.empty'), text: text('fresh.no-metric') };
  if (clock.silence > SILENT_AFTER) return { live: false, state: 'old', word: text('fresh.old'), text: seen };
  return { live: true, state: 'live', word: text('fresh.live'), text: text('fresh.of', { time: timeOfDay(last) }) };
}

/** Why the targets' states cannot be vouched for, or null if they can. */
function unknownBecause(state, freshness, clock, now) {
  if (!freshness.live) return freshness.word.toLowerCase();
  const counted = state.samples.findLast((sample) => 'hosts.healthy' in sample.values || 'hosts.unhealthy' in sample.values);
  const changed = Math.max(0, ...Object.values(state.targets).map((target) => seconds(target.since)));
  const confirmed = Math.max(counted?.second ?? 0, changed);
  if (Object.keys(state.targets).length === 0 || now - confirmed <= UNCONFIRMED_AFTER + 1) return null;
  return counted
    ? text('overall.no-count-for', { duration: duration(now - counted.second - 1) })
    : text('overall.no-counts');
}

function overall(targets, alarms, unknown) {
  const registered = targets.filter((target) => target.reasonCode !== 'Target.NotRegistered');
  const serving = registered.filter((target) => target.lastState === 'healthy').length;
  const ringing = alarms.filter((alarm) => alarm.state === 'ALARM').length;
  const undecided = alarms.filter((alarm) => alarm.state === 'INSUFFICIENT_DATA').length;
  const sentence = text('overall.sentence', {
    targets: registered.length === 0 ? text('overall.no-target') : text('overall.in-service', { serving, count: registered.length }),
    alarms: undecided > 0 ? text('overall.undecided', { alarms: alarmsText(ringing, alarms), count: undecided }) : alarmsText(ringing, alarms),
  });
  if (unknown !== null) {
    const key = registered.length === 0 ? 'overall.unknown' : 'overall.last-known';
    return { ...UNKNOWN, text: text(key, { reason: unknown, sentence }) };
  }
  if (registered.length === 0) return { ...UNKNOWN, text: sentence };
  if (serving === 0 || ringing > 0) return { shape: 'triangle', tone: 'bad', text: sentence };
  if (serving < registered.length) return { shape: 'half', tone: 'warn', text: sentence };
  return undecided > 0 || alarms.length === 0
    ? { shape: 'ring', tone: 'idle', text: sentence }
    : { shape: 'disc', tone: 'good', text: sentence };
}

function alarmsText(ringing, alarms) {
  if (ringing > 0) return text('overall.alarms', { count: ringing });
  return alarms.length > 0 ? text('overall.no-alarm') : text('overall.none-defined');
}

function targetsOf(state, unknown, now) {
  return Object.entries(state.targets)
    .map(([key, target]) => {
      const instance = state.instances[key];
      const look = unknown ? UNKNOWN : (TARGET_STATES[target.state] ?? UNKNOWN);
      return {
        key,
        name: target.instance ?? key,
        instanceId: target.instanceId ?? '',
        zone: target.zone ?? text('stack.no-zone'),
        ...look,
        word: unknown ? text('stack.was', { state: target.state }) : target.state,
        lastState: target.state,
        reasonCode: target.reasonCode,
        reason: reason(target),
        instance: instance && instance.state !== 'running' ? text('stack.instance', { state: instance.state }) : '',
        gone: target.reasonCode === 'Target.NotRegistered' && instance?.state === 'terminated',
        since: sinceText(target.since, now),
        cpu: lastValue(state, `cpu.${key}`),
        share: lastValue(state, `share.${target.instance ?? key}`),
      };
    })
    .filter((target) => !target.gone)
    .sort((a, b) => a.name.localeCompare(b.name));
}

function zonesOf(targets, servers, nodes) {
  const names = [...new Set([...targets, ...servers].map((card) => card.zone))].sort();
  return names.map((zone) => ({ zone, subnets: subnetsOf(zone, targets, servers, nodes) }));
}

function balancerOf(state, old) {
  if (state.balancer === null) return null;
  return {
    // app/NAME/ID, the form of CloudWatch's LoadBalancer dimension
    name: state.balancer.split('/')[1] ?? state.balancer,
    // the lab's name for it, whatever AWS's is
    instance: state.nodes.find(({ tier }) => tier === 'elb')?.name ?? '',
    old,
    sendsTo: rotationOf(state),
    figures: [
      [text('stack.requests'), number(lastValue(state, 'requests.balancer'))],
      [text('stack.elb-5xx'), number(lastValue(state, 'failed.elb5xx'))],
      [text('stack.healthy'), number(lastValue(state, 'hosts.healthy'))],
      [text('stack.unhealthy'), number(lastValue(state, 'hosts.unhealthy'))],
    ],
  };
}

function databasesOf(state, old) {
  return state.databases.map((id) => {
    const node = state.nodes.find(({ tier, name, health }) => tier === 'db' && (health === 'primary' || name === id));
    const instance = Object.values(state.instances).find((known) => known.instance === id || known.instanceId === id) ?? node;
    return {
      name: id,
      zone: instance?.zone ?? '',
      old,
      down: instance !== undefined && instance.state !== 'running',
      state: instance?.state ?? text('stack.not-reported'),
      figures: [
        ['CPU', percent(lastValue(state, `cpu.${id}`))],
        [text('stack.connections'), number(lastValue(state, `connections.${id}`))],
        ...replicationOf(state, id),
      ],
    };
  });
}

/** Whether the standby has all that was acknowledged, where there is one. */
function replicationOf(state, id) {
  const exposed = lastValue(state, `exposed.${id}`);
  return exposed === null ? [] : [[text('stack.replication'), text(exposed === 0 ? 'stack.in-sync' : 'stack.exposed')]];
}

/** The newest value, if it is of the last seconds: what is read from an access log comes a little later than the rest. */
function lastValue(state, line) {
  const newest = state.samples.at(-1)?.second;
  const sample = state.samples.findLast(({ second, values }) => line in values && second > newest - DELAYED_BY);
  return sample?.values[line] ?? null;
}

function alarmsOf(state, old, now) {
  return Object.values(state.alarms)
    .map((alarm) => ({
      name: alarm.name,
      state: alarm.state,
      ...(old ? UNKNOWN : ALARM_STATES[alarm.state]),
      word: old ? text('stack.was', { state: alarm.state }) : alarm.state,
      reason: alarm.explanation || alarm.reason,
      threshold: alarm.threshold,
      since: sinceText(alarm.since, now),
    }))
    .sort((a, b) => ALARM_STATES[a.state].order - ALARM_STATES[b.state].order || a.name.localeCompare(b.name));
}

function sinceText(time, now) {
  return text('stack.since', { time: timeOfDay(seconds(time)), duration: duration(now - seconds(time)) });
}

/** The kinds whose text says the rest. */
const SHORT_TYPES = { target: 'event.target', instance: 'event.instance', alarm: 'event.alarm' };

/** Newest first. */
function eventsOf(state) {
  return state.events
    .slice(-LISTED_EVENTS)
    .map((event) => ({
      key: event,
      second: seconds(event.time),
      detailType: event.detailType,
      time: timeOfDay(seconds(event.time)),
      type: kindOf(event) in SHORT_TYPES ? text(SHORT_TYPES[kindOf(event)]) : event.detailType,
      text: eventText(event),
      ...lookOf(event),
    }))
    .reverse();
}

const KINDS = {
  'Fault Injected': 'fault',
  'Fault Healed': 'fault',
  'Target State Change': 'target',
  'Instance State Change': 'instance',
  'CloudWatch Alarm State Change': 'alarm',
  'Alarm State Change': 'alarm',
  'Rotation Change': 'rotation',
  'Rotation Rejected': 'rotation',
};

/** The row of the lane that shows a kind. */
const ROWS = { fault: 'fault', target: 'target', instance: 'target', rotation: 'rotation', alarm: 'alarm', other: 'stack' };

function kindOf(event) {
  return KINDS[event.detailType] ?? 'other';
}

function lookOf(event) {
  switch (event.detailType) {
    case 'Target State Change':
      return TARGET_STATES[event.detail.to] ?? UNKNOWN;
    case 'CloudWatch Alarm State Change':
    case 'Alarm State Change':
      return ALARM_STATES[event.detail.state?.value] ?? UNKNOWN;
    case 'Fault Injected':
      return { shape: 'bolt', tone: 'fault' };
    case 'Fault Healed':
      return { shape: 'ring', tone: 'fault' };
    case 'Note':
      return { shape: 'square', tone: 'busy' };
    case 'Rotation Rejected':
    case 'Trouble':
      return { shape: 'triangle', tone: 'warn' };
    default:
      return { shape: 'square', tone: 'idle' };
  }
}

/** One value or null for each second of the window, so that a missing second is a gap and not a slope. */
function columns(state, window) {
  const from = Math.floor(window.from);
  const x = Array.from({ length: Math.ceil(window.to) - from + 1 }, (_, index) => from + index);
  const bySecond = new Map(state.samples.map((sample) => [sample.second, sample.values]));
  return { x, of: (line) => x.map((second) => bySecond.get(second)?.[line] ?? null) };
}

/** A line for every instance that ever reported it while this page was open, by name. */
function linesOf(state, prefix) {
  return state.lines
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length))
    .map((key) => ({ line: `${prefix}${key}`, label: state.targets[key]?.instance ?? state.instances[key]?.instance ?? key }))
    // A database is known to AWS/RDS by its name and to AWS/EC2 by the id of its server.
    .filter((line, at, all) => all.findIndex((other) => other.label === line.label) === at)
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** Bands (faults and load, from their start to their end or to now) and marks of the window, in the rows of the event lane. */
function timeline(state, now, window) {
  const marks = state.events
    .filter((event) => !bounds(event))
    .map((event) => ({ second: seconds(event.time), kind: kindOf(event), row: ROWS[kindOf(event)], label: markLabel(event), ...lookOf(event) }));
  return {
    bands: bandsOf(state.events, now + MARGIN).filter((band) => band.to >= window.from && band.from <= window.to),
    marks: marks.filter((mark) => mark.second >= window.from && mark.second <= window.to),
  };
}

function markLabel(event) {
  switch (event.detailType) {
    case 'Target State Change':
      return `${name(event)} ${event.detail.to}`;
    case 'Instance State Change':
      return `${name(event)} ${event.detail.state}`;
    case 'CloudWatch Alarm State Change':
    case 'Alarm State Change':
      return `${event.detail.alarmName} ${event.detail.state?.value}`;
    case 'Rotation Change':
      return text('event.now', { targets: event.detail.targets || text('event.empty') });
    case 'Note':
      return event.detail.message;
    default:
      return event.detailType;
  }
}
