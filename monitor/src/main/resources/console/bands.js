// Faults and loads as stretches of time, as a pure function of the events.

import { seconds } from './model.js';
import { loadText, name } from './words.js';

const BOUNDS = {
  'Fault Injected': { row: 'fault', opens: true },
  'Fault Healed': { row: 'fault', opens: false },
  'Load Started': { row: 'load', opens: true },
  'Load Ended': { row: 'load', opens: false },
};

/** Whether the event is a fault that was tried and hit nothing. */
function idle(event) {
  return event.detail.tookEffect === 'false';
}

/** Whether an event begins or ends a band. */
export function bounds(event) {
  return event.detailType in BOUNDS;
}

/**
 * A fault without effect is a moment: nothing may ever be told to end it.
 *
 * @param end of what has not ended yet
 * @returns [{row: 'fault' or 'load', label, from, to, open}]
 */
export function bandsOf(events, end) {
  const bands = [];
  for (const event of events.filter(bounds)) addBand(bands, BOUNDS[event.detailType], event, end);
  return bands;
}

function addBand(bands, { row, opens }, event, end) {
  const at = seconds(event.time);
  const label = row === 'fault' ? `${event.detail.fault} ${name(event)}` : loadText(event);
  if (opens) {
    bands.push(idle(event) ? { row, label, from: at, to: at, open: false } : { row, label, from: at, to: end, open: true });
    return;
  }
  const begun = bands.findLast((band) => band.open && band.row === row && (row === 'load' || band.label === label));
  // An end whose start is no longer known still marks the moment.
  if (begun) Object.assign(begun, { to: at, open: false });
  else bands.push({ row, label, from: at, to: at, open: false });
}
