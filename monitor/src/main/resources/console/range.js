// Which time a dashboard shows and in which periods, as pure functions. Times are seconds since the epoch.

/** What can be chosen, in seconds. */
export const RANGES = [300, 900, 3600, 10800, 43200, 86400, 604800];

/** CloudWatch shows three hours where a dashboard names no start; a stack on this machine seldom lives that long. */
const DEFAULT_RANGE = 900;

const PERIODS = [1, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400];
const MOST_POINTS = 900;

/** CloudWatch keeps datapoints of short periods for a limited time: [age in seconds, shortest period of what is older]. */
const RETENTION = [
  [3 * 3600, 60],
  [15 * 86400, 300],
  [63 * 86400, 3600],
];

const UNITS = { Y: 365 * 86400, W: 7 * 86400, D: 86400, H: 3600, S: 1 };

/** Seconds of an ISO 8601 duration before now like -PT6H, or null. Behind a T, M is minutes. */
export function secondsBefore(duration) {
  const parts = /^-P(?=.)((?:\d+[YMWD])*)(?:T((?:\d+[WDHMS])+))?$/.exec(duration ?? '');
  if (!parts) return null;
  return sum(parts[1], { ...UNITS, M: 30 * 86400 }) + sum(parts[2] ?? '', { ...UNITS, M: 60 });
}

function sum(parts, units) {
  return [...parts.matchAll(/(\d+)(\D)/g)].reduce((total, [, count, unit]) => total + Number(count) * units[unit], 0);
}

/** How long before now the dashboard begins, if that is how it says it; null if it names a time. */
export function ownRange(body) {
  return body.start === undefined ? DEFAULT_RANGE : secondsBefore(body.start);
}

/**
 * @param times has perhaps start and end as a dashboard or a widget says them
 * @param chosen seconds before now, or null for what the dashboard says
 */
export function stretch(times, chosen, now) {
  if (chosen !== null) return { from: now - chosen, to: now };
  const to = moment(times.end, now) ?? now;
  return { from: moment(times.start, now) ?? to - DEFAULT_RANGE, to };
}

function moment(text, now) {
  const before = secondsBefore(text);
  if (before !== null) return now - before;
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time / 1000;
}

/** The period that a stretch of time is drawn in, in seconds: the shortest that has data and not too many points. */
export function automaticPeriod({ from, to }, now) {
  const kept = RETENTION.findLast(([age]) => now - from > age + 60)?.[1] ?? 1;
  return PERIODS.find((period) => period >= kept && (to - from) / period <= MOST_POINTS) ?? PERIODS.at(-1);
}

/** The stretch in whole periods; without the running one, whose sum or average is not what it will be. */
export function wholePeriods({ from, to }, period, now, running) {
  const end = running ? Math.ceil(to / period) : Math.floor(Math.min(to, now - 1) / period);
  const begin = Math.min(Math.floor(from / period), end - 1);
  return { from: begin * period, to: end * period };
}
