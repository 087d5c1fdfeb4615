// The alarm list and the event list.

import { element, reconcile, setAttribute, setShape, setText, shape } from './dom.js';
import { text } from './texts.js';

export function renderAlarms(root, alarms) {
  const items = alarms.map((alarm) => ({ key: alarm.name, ...alarm }));
  reconcile(root, items, createAlarm, updateAlarm);
}

function createAlarm(alarm) {
  const link = element('a', '', element('strong', '', alarm.name));
  link.href = `#/alarms/${encodeURIComponent(alarm.name)}`;
  const title = element('p', 'title', shape('question'), link, ' ', element('span', 'word'));
  title.append(element('span', 'since'));
  const item = element('li', 'alarm', title, element('p', 'reason'), element('p', 'threshold'));
  item.dataset.alarm = alarm.name;
  return item;
}

function updateAlarm(item, alarm) {
  setAttribute(item, 'data-tone', alarm.tone);
  setAttribute(item, 'data-state', alarm.state);
  const [title, why, threshold] = item.children;
  const [icon, , word, since] = title.children;
  setShape(icon, alarm.shape);
  setText(word, alarm.word);
  setText(why, alarm.reason);
  setText(threshold, alarm.threshold);
  setText(since, alarm.since);
}

/** @param onChoose called with the second of an event that was chosen */
export function renderEvents(root, events, onChoose) {
  reconcile(root, events, (event) => createEvent(event, onChoose), () => {});
}

function createEvent(event, onChoose) {
  const what = element('span', 'what', element('span', 'type', event.type), ' ', event.text);
  const button = element('button', 'event', element('time', '', event.time), shape(event.shape), what);
  button.type = 'button';
  button.title = text('event.show', { type: event.detailType });
  button.addEventListener('click', () => onChoose(event.second));
  const item = element('li', '', button);
  item.dataset.tone = event.tone;
  return item;
}
