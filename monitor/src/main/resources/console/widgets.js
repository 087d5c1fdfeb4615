// What the body of a CloudWatch dashboard asks for, as pure functions ("Dashboard Body Structure and Syntax" of the API reference).

import { automaticPeriod, stretch, wholePeriods } from './range.js';

const DEFAULT_PERIOD = 300;

/** The widgets with their places on the grid of 24 columns; x or y is null where the next free place will do. */
export function widgetsOf(body) {
  return body.widgets.map((widget, index) => ({
    key: index,
    type: widget.type,
    x: widget.x ?? null,
    y: widget.y ?? null,
    width: widget.width ?? 6,
    height: widget.height ?? 6,
    properties: widget.properties,
  }));
}

/**
 * The metrics and expressions of a widget, written out: "." repeats the part of the entry before, "..." all parts up to those that
 * follow it.
 *
 * @returns [{names: [namespace, metric name, dimension name, value, …], empty for an expression, render}]
 */
export function metricsOf(properties) {
  let before = [];
  return (properties.metrics ?? []).map((entry) => {
    const last = entry.at(-1);
    const render = typeof last === 'object' ? last : {};
    const parts = entry.filter((part) => typeof part === 'string');
    if (parts.length > 0) before = writtenOut(parts, before);
    return { names: parts.length > 0 ? before : [], render };
  });
}

function writtenOut(parts, before) {
  return parts.reduce((names, part, index) => {
    if (part === '.') return [...names, before[names.length] ?? ''];
    if (part === '...') return [...names, ...before.slice(names.length, before.length - (parts.length - 1 - index))];
    return [...names, part];
  }, []);
}

/**
 * What has to be asked of GetMetricData for a widget, one request for each region.
 *
 * @param dashboard {periodOverride, start, end, chosen: seconds or null}
 * @returns {requests: [{region, input}], from, to, period}
 */
export function requestsOf(properties, dashboard, now) {
  const own = properties.start !== undefined && dashboard.chosen === null ? properties : dashboard;
  const asked = dashboard.zoom ?? stretch(own, dashboard.chosen, now);
  const period = periodOf(properties, dashboard, asked, now);
  const { from, to } = properties.setPeriodToTimeRange
    ? { from: Math.floor(asked.to / 60) * 60 + 60 - period, to: Math.floor(asked.to / 60) * 60 + 60 }
    : wholePeriods(asked, period, now, properties.liveData === true);
  const queries = metricsOf(properties).map((metric, index) => query(metric, index, properties, dashboard, period));
  const regions = [...new Set(queries.map(({ region }) => region))];
  const requests = regions.map((region) => ({
    region,
    input: {
      MetricDataQueries: queries.filter((one) => one.region === region).map((one) => one.query),
      StartTime: from,
      EndTime: to,
      ScanBy: 'TimestampAscending',
      ...(properties.timezone ? { LabelOptions: { Timezone: properties.timezone } } : {}),
    },
  }));
  return { requests, from, to, period };
}

function periodOf(properties, dashboard, asked, now) {
  if (properties.setPeriodToTimeRange) return Math.max(60, Math.ceil((asked.to - asked.from) / 60) * 60);
  if (keepsPeriod(properties, dashboard)) return properties.period ?? DEFAULT_PERIOD;
  return automaticPeriod(asked, now);
}

/** An alarm's threshold is one for its own period alone, whatever the dashboard says. */
function keepsPeriod(properties, dashboard) {
  return properties.ownPeriod === true || dashboard.periodOverride === 'inherit';
}

function query({ names, render }, index, properties, dashboard, period) {
  const inherits = keepsPeriod(properties, dashboard) && !properties.setPeriodToTimeRange;
  const common = { Id: idOf(render, index), ReturnData: render.visible !== false };
  if (render.label !== undefined) common.Label = render.label;
  const own = (inherits && render.period) || period;
  const region = render.region ?? properties.region;
  if (render.expression !== undefined) return { region, query: { ...common, Expression: render.expression, Period: own } };
  const [Namespace, MetricName, ...pairs] = names;
  const Dimensions = [];
  for (let at = 0; at < pairs.length; at += 2) Dimensions.push({ Name: pairs[at], Value: pairs[at + 1] });
  const Stat = render.stat ?? properties.stat ?? 'Average';
  return { region, query: { ...common, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: own, Stat } } };
}

/** One that nobody writes, where the dashboard gives none. */
function idOf(render, index) {
  return render.id ?? `console_metric_${index}`;
}

/**
 * The lines that a widget shows, in the order of its metrics; an expression such as SEARCH can give several.
 *
 * @param results of GetMetricData
 * @returns [{label, color, axis: 'left' or 'right', style: number, period, times, values}]
 */
export function linesOf(properties, results, period) {
  const lines = metricsOf(properties).flatMap(({ render }, index) =>
    results
      .filter((result) => result.Id === idOf(render, index))
      .map((result) => ({
        label: result.Label,
        color: render.color ?? null,
        axis: render.yAxis ?? 'left',
        period: render.period !== undefined ? Math.max(render.period, period) : period,
        times: result.Timestamps,
        values: result.Values,
      })),
  );
  return lines.map((line, style) => ({ ...line, style }));
}

/** {region, name} of an alarm's ARN. */
export function alarmOf(arn) {
  const [, , , region, , , ...name] = arn.split(':');
  return { region, name: name.join(':') };
}

/** The properties of a widget that draws what an alarm of DescribeAlarms watches, with its threshold. */
export function alarmGraph(alarm, region) {
  const metrics = alarm.Metrics?.length
    ? alarm.Metrics.map(mathEntry)
    : [[alarm.Namespace, alarm.MetricName, ...dimensionNames(alarm.Dimensions)]];
  return {
    title: alarm.AlarmName,
    region,
    metrics,
    stat: alarm.ExtendedStatistic ?? alarm.Statistic ?? 'Average',
    period: alarm.Period ?? DEFAULT_PERIOD,
    ownPeriod: true,
    annotations: { horizontal: [{ value: alarm.Threshold, label: condition(alarm), color: 'var(--tone-bad)' }] },
  };
}

function mathEntry({ Id, Label, Expression, MetricStat, ReturnData }) {
  const render = { id: Id, visible: ReturnData !== false };
  if (Label) render.label = Label;
  if (Expression) return [{ ...render, expression: Expression }];
  const { Metric, Stat, Period } = MetricStat;
  return [Metric.Namespace, Metric.MetricName, ...dimensionNames(Metric.Dimensions), { ...render, stat: Stat, period: Period }];
}

export function dimensionNames(dimensions = []) {
  return dimensions.flatMap(({ Name, Value }) => [Name, Value]);
}

const SIGNS = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

/** CPUUtilization > 80, the condition of an alarm. */
export function condition(alarm) {
  const watched = alarm.MetricName ?? alarm.Metrics?.find((metric) => metric.ReturnData !== false)?.Label ?? '';
  return `${watched} ${SIGNS[alarm.ComparisonOperator] ?? alarm.ComparisonOperator} ${alarm.Threshold}`.trim();
}
