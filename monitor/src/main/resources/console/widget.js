// One widget of a dashboard on the page: its frame, and what is in it by type.

import { call, metricData } from './api.js';
import { bandsOf } from './bands.js';
import { element, reconcile, setAttribute, setShape, setText, shape } from './dom.js';
import { VIEWS } from './figures.js';
import { Graph } from './graph.js';
import { markdown } from './markdown.js';
import { text } from './texts.js';
import { alarmGraph, alarmOf, linesOf, requestsOf } from './widgets.js';
import { ALARM_STATES, UNKNOWN } from './words.js';

/** @param dashboard {periodOverride, start, end, chosen, zoom, events: () => the lab's, onZoom} */
export function makeWidget(spec, dashboard) {
  const Type = TYPES[spec.type] ?? Unknown;
  return new Type(spec, dashboard);
}

/** A frame with a title, a body and a line for what went wrong. refresh(now) brings it up to date; close() lets it go. */
class Widget {
  constructor(spec, dashboard) {
    Object.assign(this, { spec, dashboard, properties: spec.properties });
    this.title = element('h3', 'widget-title', spec.properties.title ?? '');
    this.body = element('div', 'widget-body');
    this.problem = element('p', 'problem');
    this.problem.hidden = true;
    this.root = element('section', `widget widget-${spec.type}`, this.title, this.body, this.problem);
    this.title.hidden = !spec.properties.title;
    place(this.root.style, spec);
  }

  async refresh(now) {
    const turn = {};
    this.turn = turn;
    // An answer that comes when another was asked for is of no use.
    const current = () => this.turn === turn;
    try {
      const problem = await this.update(now, current);
      if (current()) this.say(problem);
    } catch (refused) {
      if (current()) this.say(refused.message);
    }
  }

  /** @param problem in words; nothing if all is well */
  say(problem = '') {
    setText(this.problem, problem);
    this.problem.hidden = problem === '';
  }

  async update() {}

  repaint() {}

  close() {}
}

function place(style, { x, y, width, height }) {
  style.gridColumn = x === null ? `span ${width}` : `${x + 1} / span ${Math.min(width, 24 - x)}`;
  style.gridRow = y === null ? `span ${height}` : `${y + 1} / span ${height}`;
  style.setProperty('--rows', height);
}

class MetricWidget extends Widget {
  async update(now, current) {
    const properties = await this.watched();
    const { requests, ...span } = requestsOf(properties, this.dashboard, now);
    const results = (await Promise.all(requests.map(metricData))).flat();
    const lines = linesOf(properties, results, span.period);
    if (!current()) return undefined;
    this.show(properties, lines, span);
    const messages = results.flatMap((result) => result.Messages ?? []).map((message) => message.Value);
    const empty = lines.every((line) => line.values.length === 0);
    if (messages.length > 0) return messages.join(' ');
    return empty ? text('widget.no-data') : undefined;
  }

  /** The widget itself, or what its alarm watches. */
  async watched() {
    const [arn] = this.properties.annotations?.alarms ?? [];
    if (arn === undefined) return this.properties;
    const { region, name } = alarmOf(arn);
    const { MetricAlarms } = await call('DescribeAlarms', { AlarmNames: [name] }, region);
    if (MetricAlarms.length === 0) throw new Error(text('widget.no-alarm', { name }));
    const { title = name, ...rest } = this.properties;
    this.title.hidden = false;
    setText(this.title, title);
    return { ...alarmGraph(MetricAlarms[0], region), ...rest, annotations: alarmGraph(MetricAlarms[0], region).annotations };
  }

  show(properties, lines, span) {
    const figures = VIEWS[properties.view];
    if (figures) {
      this.close();
      this.body.replaceChildren(figures(properties, lines));
      return;
    }
    this.graph ??= this.makeGraph();
    this.graph.show(properties, lines, span);
  }

  /** Shows something else from the next refresh on. */
  become(properties) {
    this.properties = properties;
  }

  makeGraph() {
    const graph = new Graph({
      bands: () => bandsOf(this.dashboard.events(), Date.now() / 1000).filter((band) => band.row === 'fault'),
      onZoom: (stretch) => this.dashboard.onZoom(stretch),
    });
    this.body.replaceChildren(graph.root);
    return graph;
  }

  repaint() {
    this.graph?.redraw();
  }

  close() {
    this.graph?.close();
    this.graph = null;
  }
}

class TextWidget extends Widget {
  constructor(spec, dashboard) {
    super(spec, dashboard);
    this.body.append(...markdown(spec.properties.markdown));
    this.root.classList.toggle('transparent', spec.properties.background === 'transparent');
  }
}

const RANKS = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };
const byName = (a, b) => a.AlarmName.localeCompare(b.AlarmName);
const byTime = (a, b) => b.StateUpdatedTimestamp - a.StateUpdatedTimestamp;
const ORDERS = {
  default: byName,
  stateUpdatedTimestamp: (a, b) => RANKS[a.StateValue] - RANKS[b.StateValue] || byTime(a, b),
  timestamp: byTime,
};

class AlarmWidget extends Widget {
  constructor(spec, dashboard) {
    super(spec, dashboard);
    this.list = element('ul', 'alarm-grid');
    this.body.append(this.list);
  }

  async update() {
    const { alarms, states = Object.keys(RANKS), sortBy = 'default' } = this.properties;
    const asked = Map.groupBy(alarms.map(alarmOf), ({ region }) => region);
    const answers = await Promise.all([...asked].map(([region, ofRegion]) => described(region, ofRegion.map(({ name }) => name))));
    const found = answers.flat();
    const shown = found.filter((alarm) => states.includes(alarm.StateValue)).sort(ORDERS[sortBy]);
    reconcile(this.list, shown.map((alarm) => ({ key: alarm.AlarmArn, ...alarm })), createAlarm, updateAlarm);
    const missing = alarms.map(alarmOf).filter(({ name }) => !found.some((alarm) => alarm.AlarmName === name));
    return missing.length > 0 ? text('widget.no-alarm', { name: missing.map(({ name }) => name).join(', ') }) : undefined;
  }
}

async function described(region, names) {
  const input = { AlarmNames: names, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
  const { MetricAlarms, CompositeAlarms } = await call('DescribeAlarms', input, region);
  return [...MetricAlarms, ...CompositeAlarms];
}

function createAlarm(alarm) {
  const link = element('a', '', shape('question'), element('span', 'label', alarm.AlarmName), element('span', 'word'));
  link.href = `#/alarms/${encodeURIComponent(alarm.AlarmName)}`;
  return element('li', '', link);
}

function updateAlarm(item, alarm) {
  const { shape: icon, tone } = ALARM_STATES[alarm.StateValue] ?? UNKNOWN;
  const [drawn, , word] = item.firstChild.children;
  setAttribute(item, 'data-tone', tone);
  setAttribute(item, 'title', alarm.StateReason ?? '');
  setShape(drawn, icon);
  setText(word, alarm.StateValue);
}

class Unknown extends Widget {
  constructor(spec, dashboard) {
    super(spec, dashboard);
    this.body.append(element('p', 'none', text('widget.not-drawn', { type: spec.type })));
  }
}

const TYPES = { metric: MetricWidget, text: TextWidget, alarm: AlarmWidget };
