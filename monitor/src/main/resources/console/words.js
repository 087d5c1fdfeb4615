// How states, times and numbers are said. Every state has a shape and a word; colour only repeats them.

import { text } from './texts.js';

/** ELB's target states. The shape names a symbol in index.html. */
export const TARGET_STATES = {
  initial: { shape: 'half', tone: 'busy' },
  healthy: { shape: 'disc', tone: 'good' },
  unhealthy: { shape: 'cross', tone: 'bad' },
  draining: { shape: 'down', tone: 'warn' },
  unused: { shape: 'ring', tone: 'idle' },
};

export const ALARM_STATES = {
  ALARM: { shape: 'triangle', tone: 'bad', order: 0 },
  INSUFFICIENT_DATA: { shape: 'question', tone: 'warn', order: 1 },
  OK: { shape: 'disc', tone: 'good', order: 2 },
};

export const UNKNOWN = { shape: 'question', tone: 'unknown' };

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** Local time of day, 14:02:11. */
export function timeOfDay(secondsSinceEpoch) {
  return CLOCK.format(new Date(secondsSinceEpoch * 1000));
}

const DATE = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

/** Local date and time of day, 2026-01-02 14:02:11. */
export function dateAndTime(secondsSinceEpoch) {
  return `${DATE.format(new Date(secondsSinceEpoch * 1000))} ${timeOfDay(secondsSinceEpoch)}`;
}

/** 12 s, 3 min, 2 h; what is in the future by a clock's error is now. */
export function duration(secondsLong) {
  const whole = Math.max(0, Math.floor(secondsLong));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min`;
  return `${Math.floor(whole / 3600)} h`;
}

/** Three significant digits where there is a fraction, an en dash where there is no value. */
export function number(value) {
  if (value === null || value === undefined) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1) return value.toLocaleString('en', { maximumSignificantDigits: 3 });
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

export function percent(value) {
  return value === null ? '–' : `${number(value)} %`;
}

/** One line that says what an event was; its time and type are told apart from it. */
export function eventText(event) {
  const detail = event.detail;
  switch (event.detailType) {
    case 'Target State Change':
      return join(`${name(event)} ${detail.from ? `${detail.from} → ` : ''}${detail.to}`, reason(detail));
    case 'Instance State Change':
      return join(`${name(event)} ${detail.state}`, detail.cause);
    case 'Fault Injected':
      return join(`${detail.fault} ${name(event)}`, detail.awsEvent && text('event.stands-for', { event: detail.awsEvent }));
    case 'Fault Healed':
      return `${detail.fault} ${name(event)}`;
    case 'Load Started':
      return loadText(event);
    case 'Load Ended':
      return detail.simulation ?? text('event.load');
    case 'CloudWatch Alarm State Change':
    case 'Alarm State Change':
      return join(`${detail.alarmName} ${detail.state?.value}`, detail.state?.reason);
    case 'Rotation Change':
      return text('event.sends-to', { targets: detail.targets || text('event.no-target') });
    default:
      return detail.message ?? [...event.resources, ...Object.entries(detail).map(([key, value]) => `${key} ${value}`)].join(', ');
  }
}

/** What load it is, and how much. */
export function loadText({ detail }) {
  return join(detail.simulation ?? text('event.load'), detail.rate && text('event.rate', { rate: detail.rate }));
}

/** Why a target is in its state: the text, else ELB's code. */
export function reason(target) {
  return target.description || target.reasonCode || '';
}

/** The name of what an event happened to. */
export function name(event) {
  return event.detail.instance ?? event.resources[0] ?? event.detail.instanceId ?? text('stack.instance-unknown');
}

function join(first, more) {
  return more ? `${first}: ${more}` : first;
}
