// The metric browser: what metrics there are, and a graph of those chosen, with statistic, period and math. The graph is the
// properties of a dashboard's widget, kept in the address of the page, so that it can be passed on and put into a dashboard.

import { all, LAB_REGION } from './api.js';
import { button, element, field, option, reconcile, setText } from './dom.js';
import { RANGES } from './range.js';
import { Repeating } from './repeating.js';
import { text } from './texts.js';
import { makeWidget } from './widget.js';
import { dimensionNames, metricsOf } from './widgets.js';
import { duration } from './words.js';

const MS = 1000;
const REFRESH = 2;
const REFRESH_LIST = 10;
const LISTED = 200;
const STATISTICS = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'IQM'];
const PERIODS = [1, 5, 10, 30, 60, 300, 900, 3600];
const VIEWS = ['timeSeries', 'stacked', 'singleValue', 'gauge', 'bar', 'pie', 'table'];
const EMPTY = { region: LAB_REGION, view: 'timeSeries', metrics: [] };

export class Metrics {
  constructor(root, events) {
    Object.assign(this, { root, events, open: null });
  }

  /** @param path [] or [properties of a widget as JSON] */
  show([json]) {
    this.hide();
    this.open = new Browser(this.root, this.events, parsed(json));
  }

  hide() {
    this.open?.close();
    this.open = null;
    this.root.replaceChildren();
  }

  repaint() {
    this.open?.widget?.repaint();
  }
}

function parsed(json) {
  try {
    const properties = { ...EMPTY, ...JSON.parse(json) };
    const metrics = metricsOf(properties).map(({ names, render }, index) => [...names, { id: `m${index + 1}`, ...render }]);
    return { ...properties, metrics };
  } catch {
    return EMPTY;
  }
}

class Browser {
  constructor(root, events, properties) {
    Object.assign(this, { events, properties, listed: [], chosen: 900, zoom: null });
    this.place = element('div', 'graph-place');
    this.rows = element('tbody');
    this.lines = element('table', 'lines', element('thead', '', headOf()), this.rows);
    this.source = element('pre');
    this.problem = element('p', 'problem');
    this.found = element('p', 'none');
    this.list = element('ul', 'metric-list');
    const math = button(text('metrics.add-math'), () => this.addMath());
    root.append(
      element('h2', '', text('metrics.title')),
      this.controls(),
      this.place,
      element('div', 'scroll', this.lines),
      math,
      element('details', 'source', element('summary', '', text('metrics.source')), this.source),
      this.problem,
      this.found,
      this.list,
    );
    this.draw();
    this.graphing = new Repeating(() => this.widget?.refresh(Date.now() / MS), () => REFRESH);
    this.listing = new Repeating(() => this.ask(), () => REFRESH_LIST);
  }

  controls() {
    this.search = element('input');
    this.search.type = 'search';
    this.search.addEventListener('input', () => this.renderList());
    const region = element('input');
    region.value = this.properties.region;
    region.addEventListener('change', () => {
      this.change({ region: region.value });
      this.listing.again();
    });
    const view = choice(VIEWS.map((name) => [name, name]), this.properties.stacked ? 'stacked' : this.properties.view, (name) =>
      this.change(name === 'stacked' ? { view: 'timeSeries', stacked: true } : { view: name, stacked: false }),
    );
    const period = choice([['', text('metrics.auto')], ...PERIODS.map((seconds) => [seconds, duration(seconds)])], this.properties.period ?? '', (seconds) =>
      this.change({ period: seconds === '' ? undefined : Number(seconds) }),
    );
    const range = choice(RANGES.map((seconds) => [seconds, duration(seconds)]), this.chosen, (seconds) => {
      this.chosen = Number(seconds);
      this.zoom = null;
      this.graphing.again();
    });
    return element(
      'div',
      'fields',
      field(text('metrics.search'), this.search),
      field(text('metrics.view'), view),
      field(text('metrics.period'), period),
      field(text('range.label'), range),
      field(text('metrics.region'), region),
    );
  }

  /** CloudWatch's rule: with a period of its own the graph obeys it, else it adapts. */
  get periodOverride() {
    return this.properties.period === undefined ? 'auto' : 'inherit';
  }

  onZoom(stretch) {
    this.zoom = stretch;
    this.graphing.again();
  }

  change(parts) {
    this.properties = { ...this.properties, ...parts };
    history.replaceState(null, '', `#/metrics/${encodeURIComponent(JSON.stringify(this.properties))}`);
    this.draw();
    this.graphing.again();
  }

  setMetrics(metrics) {
    this.change({ metrics });
    this.renderList();
  }

  draw() {
    const { metrics } = this.properties;
    setText(this.source, JSON.stringify({ type: 'metric', properties: this.properties }, null, 2));
    if (metrics.length === 0) {
      this.widget?.close();
      this.widget = null;
      this.place.replaceChildren();
    } else if (this.widget) {
      this.widget.become(this.properties);
    } else {
      this.widget = makeWidget({ type: 'metric', x: 0, y: 0, width: 24, height: 7, properties: this.properties }, this);
      this.place.append(this.widget.root);
    }
    this.lines.hidden = metrics.length === 0;
    reconcile(this.rows, metrics.map((entry) => ({ key: entry.at(-1).id, entry })), (line) => this.createLine(line.entry), updateLine);
  }

  /** A row for a metric or an expression of the graph: id, what it is, statistic, axis. */
  createLine(entry) {
    const { id, expression } = entry.at(-1);
    const what = expression === undefined ? element('span', '', nameOf(entry.slice(0, -1))) : this.expressionInput(id);
    const statistic = choice(STATISTICS.map((name) => [name, name]), 'Average', (stat) => this.edit(id, { stat }));
    const axis = choice([['left', text('metrics.left')], ['right', text('metrics.right')]], 'left', (yAxis) => this.edit(id, { yAxis }));
    const remove = button(text('metrics.remove'), () => this.remove(id));
    statistic.setAttribute('aria-label', `${id}: ${text('metrics.statistic')}`);
    axis.setAttribute('aria-label', `${id}: ${text('metrics.axis')}`);
    remove.setAttribute('aria-label', `${id}: ${text('metrics.remove')}`);
    statistic.hidden = expression !== undefined;
    return element('tr', '', ...[id, what, statistic, axis, remove].map((cell) => element('td', '', cell)));
  }

  expressionInput(id) {
    const input = element('input', 'expression');
    input.setAttribute('aria-label', `${id}: ${text('metrics.expression')}`);
    input.addEventListener('change', () => this.edit(id, { expression: input.value }));
    return input;
  }

  edit(id, parts) {
    const index = this.indexOfId(id);
    const entry = this.properties.metrics[index];
    this.setMetrics(this.properties.metrics.with(index, [...entry.slice(0, -1), { ...entry.at(-1), ...parts }]));
  }

  remove(id) {
    this.setMetrics(this.properties.metrics.toSpliced(this.indexOfId(id), 1));
  }

  indexOfId(id) {
    return this.properties.metrics.findIndex((entry) => entry.at(-1).id === id);
  }

  addMath() {
    const ids = this.properties.metrics.map((entry) => entry.at(-1).id);
    const id = freeId('e', ids);
    this.setMetrics([...this.properties.metrics, [{ id, expression: ids[0] ? `${ids[0]} * 1` : 'TIME_SERIES(1)' }]]);
    this.rows.lastChild.querySelector('input').focus();
  }

  async ask() {
    try {
      this.listed = await all('ListMetrics', {}, 'Metrics', this.properties.region);
      setText(this.problem, '');
      this.renderList();
    } catch (refused) {
      setText(this.problem, refused.message);
    }
  }

  renderList() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.listed
      .map((metric) => [metric.Namespace, metric.MetricName, ...dimensionNames(metric.Dimensions)])
      .map((names) => ({ key: JSON.stringify(names), names, label: nameOf(names) }))
      .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
      .sort((a, b) => a.label.localeCompare(b.label));
    setText(this.found, text('metrics.found', { count: found.length, shown: Math.min(found.length, LISTED) }));
    reconcile(this.list, found.slice(0, LISTED), (metric) => this.listItem(metric), (item, metric) => {
      item.querySelector('input').checked = this.indexOf(metric.names) >= 0;
    });
  }

  listItem({ names, label }) {
    const box = element('input');
    box.type = 'checkbox';
    box.addEventListener('change', () => {
      const index = this.indexOf(names);
      const { metrics } = this.properties;
      const id = freeId('m', metrics.map((entry) => entry.at(-1).id));
      this.setMetrics(index >= 0 ? metrics.toSpliced(index, 1) : [...metrics, [...names, { id, stat: 'Average' }]]);
    });
    return element('li', '', element('label', '', box, ' ', label));
  }

  indexOf(names) {
    const wanted = JSON.stringify(names);
    return this.properties.metrics.findIndex((entry) => JSON.stringify(entry.slice(0, -1)) === wanted);
  }

  close() {
    this.graphing.stop();
    this.listing.stop();
    this.widget?.close();
  }
}

function headOf() {
  const cells = ['Id', text('table.metric'), text('metrics.statistic'), text('metrics.axis'), ''].map((name) => element(name ? 'th' : 'td', '', name));
  for (const cell of cells) if (cell.tagName === 'TH') cell.scope = 'col';
  return element('tr', '', ...cells);
}

function updateLine(row, { entry }) {
  const { stat = 'Average', yAxis = 'left', expression } = entry.at(-1);
  const [statistic, axis] = row.querySelectorAll('select');
  statistic.value = stat;
  axis.value = yAxis;
  const input = row.querySelector('input');
  if (input && input !== document.activeElement) input.value = expression;
}

/** AWS/EC2 CPUUtilization InstanceId=i-1 */
function nameOf([namespace, metric, ...pairs]) {
  const dimensions = pairs.flatMap((part, at) => (at % 2 === 0 ? [`${part}=${pairs[at + 1]}`] : []));
  return [namespace, metric, ...dimensions].join(' ');
}

function freeId(letter, taken) {
  let number = 1;
  while (taken.includes(letter + number)) number++;
  return letter + number;
}

function choice(options, selected, onChoose) {
  const select = element('select', '', ...options.map(([value, label]) => option(value, label)));
  select.value = selected;
  select.addEventListener('change', () => onChoose(select.value));
  return select;
}
