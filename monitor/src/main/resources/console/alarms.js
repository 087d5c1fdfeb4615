// The alarms: all of them with state and reason, and one with its definition, its graph and what happened to it.

import { call, LAB_REGION } from './api.js';
import { element, field, option, reconcile, setText } from './dom.js';
import { renderAlarms } from './lists.js';
import { Repeating } from './repeating.js';
import { text } from './texts.js';
import { condition } from './widgets.js';
import { makeWidget } from './widget.js';
import { ALARM_STATES, dateAndTime } from './words.js';

const MS = 1000;
const REFRESH = 3;
const HISTORY = 50;
const BOTH = ['MetricAlarm', 'CompositeAlarm'];

export class Alarms {
  /** @param events the lab's events as they are known now */
  constructor(root, events) {
    Object.assign(this, { root, events, open: null });
  }

  /** @param path [] for the list, or [the name of an alarm] */
  show([name]) {
    this.hide();
    this.open = name === undefined ? new List(this.root) : new Detail(this.root, name, this.events);
  }

  hide() {
    this.open?.close();
    this.open = null;
    this.root.replaceChildren();
  }

  /** @param shown of view.js */
  update(shown) {
    this.open?.update(shown);
  }

  repaint() {
    this.open?.repaint();
  }
}

class List {
  constructor(root) {
    this.state = element('select', '', option('', text('alarms.any-state')), ...Object.keys(ALARM_STATES).map((state) => option(state, state)));
    this.name = element('input');
    this.name.type = 'search';
    this.items = element('ul', 'alarms');
    this.none = element('p', 'none');
    const fields = element('div', 'fields', field(text('alarms.state'), this.state), field(text('alarms.name'), this.name));
    root.append(element('h2', '', text('alarms.title')), fields, this.items, this.none);
    fields.addEventListener('input', () => this.render());
  }

  update(shown) {
    this.alarms = shown.alarms;
    this.render();
  }

  render() {
    if (!this.alarms) return;
    const wanted = this.name.value.toLowerCase();
    const found = this.alarms.filter(
      (alarm) => (this.state.value === '' || alarm.state === this.state.value) && alarm.name.toLowerCase().includes(wanted),
    );
    renderAlarms(this.items, found);
    setText(this.none, this.alarms.length === 0 ? text('stack.no-alarms') : text('alarms.none-found'));
    this.none.hidden = found.length > 0;
  }

  repaint() {}

  close() {}
}

class Detail {
  constructor(root, name, events) {
    Object.assign(this, { name, graph: null });
    this.onZoom = () => {};
    this.events = events;
    Object.assign(this, { chosen: null, zoom: null, periodOverride: 'auto', start: '-PT15M' });
    const back = element('a', 'back', text('alarms.title'));
    back.href = '#/alarms';
    this.now = element('ul', 'alarms');
    this.problem = element('p', 'problem');
    this.graphPlace = element('div', 'graph-place');
    this.definition = element('dl', 'definition');
    this.source = element('pre');
    this.history = element('ol', 'history');
    root.append(
      element('h2', '', back, ' / ', name),
      this.problem,
      this.now,
      this.graphPlace,
      element('h3', '', text('alarms.definition')),
      this.definition,
      element('details', 'source', element('summary', '', text('alarms.source')), this.source),
      element('h3', '', text('alarms.history')),
      this.history,
    );
    this.repeating = new Repeating(() => this.refresh(), () => REFRESH);
  }

  update(shown) {
    renderAlarms(this.now, shown.alarms.filter((alarm) => alarm.name === this.name));
  }

  async refresh() {
    try {
      await this.ask();
      setText(this.problem, '');
    } catch (refused) {
      setText(this.problem, refused.message);
    }
  }

  async ask() {
    const described = call('DescribeAlarms', { AlarmNames: [this.name], AlarmTypes: BOTH });
    const past = call('DescribeAlarmHistory', { AlarmName: this.name, AlarmTypes: BOTH, MaxRecords: HISTORY });
    const [{ MetricAlarms, CompositeAlarms }, { AlarmHistoryItems }] = await Promise.all([described, past]);
    const alarm = MetricAlarms[0] ?? CompositeAlarms[0];
    const items = AlarmHistoryItems.map((item, index) => ({ key: `${item.Timestamp} ${item.HistorySummary} ${index}`, ...item }));
    reconcile(this.history, items, createItem, () => {});
    // Its history stays when an alarm is deleted.
    if (!alarm) throw new Error(text('widget.no-alarm', { name: this.name }));
    const rows = definitionOf(alarm).map(([label, value]) => ({ key: label, label, value }));
    reconcile(this.definition, rows, (row) => element('div', '', element('dt', '', row.label), element('dd')), (node, row) => setText(node.lastChild, row.value));
    setText(this.source, JSON.stringify(alarm, null, 2));
    if (MetricAlarms.length > 0) await this.draw(alarm);
  }

  async draw(alarm) {
    if (!this.graph) {
      const properties = { annotations: { alarms: [alarm.AlarmArn] }, region: LAB_REGION };
      this.graph = makeWidget({ type: 'metric', x: 0, y: 0, width: 24, height: 6, properties }, this);
      this.graphPlace.append(this.graph.root);
    }
    await this.graph.refresh(Date.now() / MS);
  }

  repaint() {
    this.graph?.repaint();
  }

  close() {
    this.repeating.stop();
    this.graph?.close();
  }
}

/** [label, value] of what DescribeAlarms tells; the names are the API's. */
function definitionOf(alarm) {
  const every = ({ Period }) => (Period ? ` × ${Period} s` : '');
  const rows = [
    ['AlarmDescription', alarm.AlarmDescription],
    ['StateReason', alarm.StateReason],
    ['AlarmRule', alarm.AlarmRule],
    ['ActionsSuppressor', alarm.ActionsSuppressor],
    ['Namespace', alarm.Namespace],
    ['MetricName', alarm.MetricName],
    ['Dimensions', alarm.Dimensions?.map(({ Name, Value }) => `${Name}=${Value}`).join(', ')],
    ['Metrics', alarm.Metrics?.map((metric) => `${metric.Id}: ${metric.Expression ?? metric.MetricStat?.Metric.MetricName}`).join(', ')],
    ['Statistic', alarm.ExtendedStatistic ?? alarm.Statistic],
    ['Threshold', alarm.ComparisonOperator && condition(alarm)],
    ['DatapointsToAlarm', alarm.EvaluationPeriods && `${alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods} / ${alarm.EvaluationPeriods}${every(alarm)}`],
    ['TreatMissingData', alarm.TreatMissingData ?? (alarm.MetricName ? 'missing' : undefined)],
    ['ActionsEnabled', alarm.ActionsEnabled === undefined ? undefined : String(alarm.ActionsEnabled)],
    ['AlarmActions', alarm.AlarmActions?.join(', ')],
    ['OKActions', alarm.OKActions?.join(', ')],
    ['InsufficientDataActions', alarm.InsufficientDataActions?.join(', ')],
  ];
  return rows.filter(([, value]) => value);
}

function createItem(item) {
  const what = element('span', 'what', element('span', 'type', item.HistoryItemType), ' ', item.HistorySummary);
  const reason = reasonOf(item);
  return element('li', '', element('time', '', dateAndTime(item.Timestamp)), what, ...(reason ? [element('p', 'reason', reason)] : []));
}

function reasonOf(item) {
  const data = JSON.parse(item.HistoryData || '{}');
  return data.newState?.explanation || data.newState?.stateReason || '';
}
