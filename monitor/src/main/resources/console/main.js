// Starts the page: stream -> model -> view -> elements, at most once per frame. The address says which view is looked at.

import { Actions } from './actions.js';
import { Alarms } from './alarms.js';
import { Charts } from './charts.js';
import { Dashboards } from './dashboards.js';
import { setAttribute, setShape, setText } from './dom.js';
import { renderAlarms, renderEvents } from './lists.js';
import { laneText } from './marks.js';
import { Metrics } from './metrics.js';
import { empty, reduce } from './model.js';
import { noteButton } from './notes.js';
import { Past } from './past.js';
import { Runs } from './runs.js';
import { connect } from './stream.js';
import { chooseLanguage, fillIn, language, text } from './texts.js';
import { Topology } from './topology.js';
import { view } from './view.js';

const AROUND_EVENT = 30;
const byId = (id) => document.getElementById(id);

let state = empty();
let connection = 'connecting';
let lastTickAt = performance.now();
let windowSeconds = 300;
let zoom = null;
let shown = null;
let pointed = null;
let scheduled = false;
let looked = 'stack';

fillIn(document);

const VIEWS = {
  dashboards: new Dashboards(byId('dashboards-view'), () => state.events),
  alarms: new Alarms(byId('alarms-view'), () => state.events),
  metrics: new Metrics(byId('metrics-view'), () => state.events),
  runs: new Runs(byId('runs-view')),
};

const actions = new Actions({ toolbar: byId('actions'), dialog: byId('dialog'), result: byId('action-result') }, (answer) =>
  receive({ type: 'lab', nodes: answer.nodes ?? [], offered: answer.offers.map(({ resource }) => resource) }),
);

const past = new Past(receive);
const topology = new Topology(byId('topology'), (title, concerns) => actions.open(title, concerns));

const charts = new Charts(byId('lane'), byId('charts'), show);
charts.onCursor = (second) => setText(byId('readout'), second === null || !shown ? '' : laneText(shown.timeline, second));

function receive(message) {
  if (message.type === 'tick') lastTickAt = performance.now();
  // What a snapshot holds can be long past: then it is old from the start.
  if (message.type === 'snapshot' && message.seconds.length > 0) {
    const age = Date.now() / 1000 - message.seconds.at(-1) - 1;
    lastTickAt = performance.now() - Math.max(0, age) * 1000;
  }
  const before = state;
  state = reduce([message], state);
  if (message.type !== 'snapshot') announce(message, before);
  else if (!message.resumed) past.before(state.samples[0]?.second ?? Math.floor(Date.now() / 1000));
  schedule();
}

function schedule() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    render();
  });
}

function render() {
  const clock = { connection, silence: (performance.now() - lastTickAt) / 1000, now: Date.now() / 1000, windowSeconds, zoom };
  shown = view(state, clock);
  renderHead();
  if (looked === 'stack') renderStack();
  else VIEWS[looked].update?.(shown);
}

function renderStack() {
  topology.render(shown);
  byId('no-targets').hidden = shown.zones.length > 0;
  renderAlarms(byId('alarms'), shown.alarms);
  byId('no-alarms').hidden = shown.alarms.length > 0;
  renderEvents(byId('events'), shown.events, (second) => show({ from: second - AROUND_EVENT, to: second + AROUND_EVENT }));
  byId('no-events').hidden = shown.events.length > 0;
  charts.render(shown);
  if (pointed !== null) charts.pointAt(pointed);
}

function renderHead() {
  const { freshness, overall } = shown;
  setAttribute(document.body, 'data-freshness', freshness.state);
  setText(byId('freshness-word'), freshness.word);
  setText(byId('freshness-text'), freshness.text);
  setAttribute(byId('overall'), 'data-tone', overall.tone);
  setShape(byId('overall').firstElementChild, overall.shape);
  setText(byId('overall-text'), overall.text);
  byId('to-live').hidden = zoom === null;
}

/** For screen readers: alarms and target states when they change, never the ticks. */
function announce(message, before) {
  if (message.type === 'alarm' && before.alarms[message.alarm.name]?.state !== message.alarm.state) {
    setText(byId('announcer'), text('page.alarm-is', message.alarm));
  }
  if (message.type === 'event' && message.event.detailType === 'Target State Change') {
    setText(byId('announcer'), text('page.target-is', { name: message.event.detail.instance, state: message.event.detail.to }));
  }
}

/** A part of an address; one that people wrote may hold a % of its own. */
function decoded(part) {
  try {
    return decodeURIComponent(part.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return part;
  }
}

/** Goes where the address says: #/VIEW/WHAT, without either the stack. */
function route() {
  const [view, ...path] = location.hash.replace(/^#\//, '').split('/').map(decoded);
  VIEWS[looked]?.hide();
  looked = Object.hasOwn(VIEWS, view) ? view : 'stack';
  for (const place of document.querySelectorAll('.view')) place.hidden = place.id !== `${looked}-view`;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.dataset.view === looked) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  VIEWS[looked]?.show(path);
  schedule();
}

/** Shows a stretch of time, or with null the present. */
function show(stretch) {
  zoom = stretch;
  schedule();
}

function pointWithKeys(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined || !shown) return;
  event.preventDefault();
  const x = shown.columns.x;
  const from = pointed ?? shown.last ?? x.at(-1);
  pointed = Math.min(x.at(-1), Math.max(x[0], from + step * (event.shiftKey ? 10 : 1)));
  charts.pointAt(pointed);
  setText(byId('announcer'), laneText(shown.timeline, pointed));
}

function unpoint() {
  pointed = null;
  charts.pointAt(null);
}

byId('lane').addEventListener('keydown', pointWithKeys);
byId('lane').addEventListener('blur', unpoint);
// The mouse takes the crosshair over from the keys.
byId('time').addEventListener('pointermove', () => {
  pointed = null;
});
byId('to-live').addEventListener('click', () => show(null));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || byId('dialog').open) return;
  show(null);
  VIEWS[looked]?.backToLive?.();
});
for (const choice of document.querySelectorAll('input[name=window]')) {
  choice.addEventListener('change', () => {
    windowSeconds = Number(choice.value);
    show(null);
  });
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  charts.repaint();
  VIEWS[looked]?.repaint();
});

byId('to-live').before(noteButton(byId('dialog')));
byId('skip').addEventListener('click', () => byId('main').focus());
byId('language').value = language;
byId('language').addEventListener('change', (event) => chooseLanguage(event.target.value));
addEventListener('hashchange', route);
route();

connect('/live', receive, (change) => {
  connection = change;
  schedule();
});
// Silence has no message of its own.
setInterval(schedule, 1000);
schedule();
