// The list of dashboards, and one of them.

import { all, call } from './api.js';
import { button, element, field, option, reconcile, setText } from './dom.js';
import { ownRange, RANGES } from './range.js';
import { Repeating } from './repeating.js';
import { text } from './texts.js';
import { regionsOf, valuesOf, variablesOf, withValues } from './variables.js';
import { widgetsOf } from './widgets.js';
import { makeWidget } from './widget.js';
import { dateAndTime, duration } from './words.js';

const MS = 1000;

/** A short stretch of time is looked at to see what happens now. */
const SHORT = 1800;
const REFRESH_SHORT = 2;
const REFRESH_LONG = 10;

export class Dashboards {
  /** @param events the lab's events as they are known now */
  constructor(root, events) {
    this.root = root;
    this.events = events;
    this.open = null;
  }

  /** @param path [] for the list, or [the name of a dashboard] */
  show([name]) {
    this.hide();
    this.open = name === undefined ? new List(this.root) : new Dashboard(this.root, name, this.events);
  }

  hide() {
    this.open?.close();
    this.open = null;
    this.root.replaceChildren();
  }

  /** After the colour scheme changed. */
  repaint() {
    this.open?.repaint();
  }

  /** Escape. */
  backToLive() {
    this.open?.zoomTo(null);
  }
}

class List {
  constructor(root) {
    this.items = element('ul', 'choices');
    this.none = element('p', 'none', text('dashboards.none'));
    this.problem = element('p', 'problem');
    root.append(element('h2', '', text('dashboards.title')), this.items, this.none, this.problem);
    this.none.hidden = true;
    this.repeating = new Repeating(() => this.refresh(), () => REFRESH_LONG);
  }

  async refresh() {
    try {
      const entries = await all('ListDashboards', {}, 'DashboardEntries');
      reconcile(this.items, entries.map((entry) => ({ key: entry.DashboardName, ...entry })), createEntry, updateEntry);
      this.none.hidden = entries.length > 0;
      setText(this.problem, '');
    } catch (refused) {
      setText(this.problem, refused.message);
    }
  }

  repaint() {}

  zoomTo() {}

  close() {
    this.repeating.stop();
  }
}

function createEntry(entry) {
  const link = element('a', '', entry.DashboardName);
  link.href = `#/dashboards/${encodeURIComponent(entry.DashboardName)}`;
  return element('li', '', link, element('span', 'since'));
}

function updateEntry(item, entry) {
  setText(item.lastChild, text('dashboards.changed', { time: dateAndTime(entry.LastModified) }));
}

class Dashboard {
  constructor(root, name, events) {
    Object.assign(this, { name, body: null, widgets: [], chosen: null, zoom: null, found: {}, values: {} });
    this.events = () => events();
    this.head = element('div', 'view-head');
    this.grid = element('div', 'dashboard');
    this.problem = element('p', 'problem');
    root.append(this.head, this.problem, this.grid);
    this.repeating = new Repeating(() => this.refresh(), () => (this.span() <= SHORT ? REFRESH_SHORT : REFRESH_LONG));
  }

  span() {
    return this.chosen ?? ownRange(this.body ?? {}) ?? Infinity;
  }

  async refresh() {
    try {
      const { DashboardBody } = await call('GetDashboard', { DashboardName: this.name });
      if (DashboardBody !== this.written) await this.read(DashboardBody);
      setText(this.problem, '');
    } catch (refused) {
      setText(this.problem, refused.message);
    }
    const now = Date.now() / MS;
    await Promise.all(this.widgets.map((widget) => widget.refresh(now)));
  }

  /** Another client may have put it anew meanwhile. */
  async read(written) {
    this.body = JSON.parse(written);
    const regions = regionsOf(this.body);
    const searches = variablesOf(this.body).filter(({ search }) => search);
    this.found = Object.fromEntries(await Promise.all(searches.map((variable) => searched(variable, regions))));
    this.written = written;
    this.build();
  }

  build() {
    this.close(false);
    this.variables = variablesOf(this.body, this.found);
    const { periodOverride = 'auto', start, end } = this.body;
    Object.assign(this, { periodOverride, start, end });
    const values = Object.fromEntries(this.variables.map(({ id, initial }) => [id, this.values[id] ?? initial]));
    this.widgets = widgetsOf(withValues(this.body, values)).map((spec) => makeWidget(spec, this));
    this.grid.replaceChildren(...this.widgets.map((widget) => widget.root));
    this.head.replaceChildren(...this.headOf());
  }

  headOf() {
    const back = element('a', 'back', text('dashboards.title'));
    back.href = '#/dashboards';
    const select = element('select', '', option('', text('range.own')), ...RANGES.map((range) => option(range, duration(range))));
    select.value = this.chosen ?? '';
    select.addEventListener('change', () => {
      this.chosen = select.value === '' ? null : Number(select.value);
      this.zoomTo(null);
    });
    this.toLive = button(text('time.to-live'), () => this.zoomTo(null));
    this.toLive.hidden = this.zoom === null;
    const source = element('details', 'source', element('summary', '', text('dashboards.source')), element('pre', '', JSON.stringify(this.body, null, 2)));
    const variables = this.variables.filter(({ visible }) => visible).map((variable) => field(variable.label, this.inputOf(variable)));
    return [element('h2', '', back, ' / ', this.name), element('label', '', `${text('range.label')} `, select), ...variables, this.toLive, source];
  }

  /** A list where there are values to choose among, which also stands for radio buttons; else a text. */
  inputOf({ id, inputType, values, initial }) {
    const known = values.some(({ value }) => value === initial);
    const own = known ? [] : [option(initial, initial || '–')];
    const input = inputType === 'input' ? element('input') : element('select', '', ...own, ...values.map(({ value, label }) => option(value, label)));
    input.value = this.values[id] ?? initial;
    input.dataset.variable = id;
    input.addEventListener('change', () => {
      this.values[id] = input.value;
      this.build();
      this.repeating.again();
      this.head.querySelector(`[data-variable="${CSS.escape(id)}"]`).focus();
    });
    return input;
  }

  onZoom(stretch) {
    this.zoomTo(stretch);
  }

  /** Shows a stretch of time in all graphs, or with null what was shown before. */
  zoomTo(stretch) {
    this.zoom = stretch;
    if (this.toLive) this.toLive.hidden = stretch === null;
    this.repeating.again();
  }

  repaint() {
    this.widgets.forEach((widget) => widget.repaint());
  }

  /** @param whole false if another body takes its place */
  close(whole = true) {
    if (whole) this.repeating.stop();
    this.widgets.forEach((widget) => widget.close());
    this.widgets = [];
  }
}

/** [id, values] of a variable whose values are those of a dimension. */
async function searched({ id, search }, regions) {
  const input = { Namespace: search.namespace, ...(search.metric ? { MetricName: search.metric } : {}) };
  const found = await Promise.all(regions.map((region) => all('ListMetrics', input, 'Metrics', region)));
  return [id, valuesOf(search, found.flat())];
}
