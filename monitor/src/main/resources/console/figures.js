// The views of a metric widget that show one value per line: single value, gauge, bar, pie and table.

import { newest, summary } from './columns.js';
import { element, svg } from './dom.js';
import { colourOf, swatch } from './ink.js';
import { text } from './texts.js';
import { number, timeOfDay } from './words.js';

const TURN = 2 * Math.PI;

/** [view, the element that shows the lines] */
export const VIEWS = {
  singleValue: singleValues,
  gauge: gauges,
  bar: bars,
  pie,
  table,
};

function singleValues(properties, lines) {
  const values = lines.map((line) => {
    const shown = properties.singleValueFullPrecision ? newest(line)?.toLocaleString('en', { maximumFractionDigits: 20 }) : null;
    const value = element('p', 'figure', shown ?? number(newest(line)));
    const parts = properties.sparkline ? [value, sparkline(line)] : [value];
    return element('div', 'single', element('p', 'label', swatch(line), line.label), ...parts);
  });
  return element('div', 'singles', ...values);
}

function sparkline(line) {
  const [low, high] = [Math.min(...line.values), Math.max(...line.values)];
  const [first, last] = [line.times[0], line.times.at(-1)];
  const x = (time) => (last > first ? ((time - first) / (last - first)) * 100 : 50);
  const y = (value) => (high > low ? 28 - ((value - low) / (high - low)) * 26 : 15);
  const points = line.times.map((time, index) => `${x(time).toFixed(2)},${y(line.values[index]).toFixed(2)}`).join(' ');
  const trace = svg('polyline', { points, 'vector-effect': 'non-scaling-stroke' });
  trace.style.stroke = colourOf(line.color, line.style);
  return svg('svg', { class: 'sparkline', viewBox: '0 0 100 30', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, trace);
}

/** A half circle from the minimum to the maximum of the left axis, with the bands and lines of the annotations outside of it. */
function gauges(properties, lines) {
  const { min = 0, max = 100 } = properties.yAxis?.left ?? {};
  return element('div', 'gauges', ...lines.map((line) => gauge(line, min, max, properties.annotations?.horizontal ?? [])));
}

function gauge(line, min, max, marks) {
  const value = newest(line);
  const share = (at) => Math.min(1, Math.max(0, (at - min) / (max - min)));
  const ranges = marks.filter((mark) => [mark].flat()[0].visible !== false).map((mark) => {
    const [from, to] = Array.isArray(mark) ? [mark[0].value, mark[1].value] : { below: [min, mark.value], above: [mark.value, max] }[mark.fill] ?? [mark.value, mark.value];
    return arc(46, share(from), Math.max(share(to), share(from) + 0.006), 4, colourOf([mark].flat()[0].color));
  });
  const dial = svg(
    'svg',
    { class: 'gauge', viewBox: '0 0 100 58', role: 'img', 'aria-label': `${line.label}: ${number(value)}, ${number(min)} – ${number(max)}` },
    arc(38, 0, 1, 9, 'var(--grid)'),
    ...(value === null ? [] : [arc(38, 0, share(value), 9, colourOf(line.color, line.style))]),
    ...ranges,
    svg('text', { x: 50, y: 48, class: 'figure' }, number(value)),
    svg('text', { x: 12, y: 57 }, number(min)),
    svg('text', { x: 88, y: 57 }, number(max)),
  );
  return element('figure', '', dial, element('figcaption', 'label', swatch(line), line.label));
}

/** Part of the half circle, from and to as shares of it. */
function arc(radius, from, to, width, colour) {
  const point = (share) => [50 - radius * Math.cos(share * Math.PI), 50 - radius * Math.sin(share * Math.PI)].map((at) => at.toFixed(2));
  const path = svg('path', { d: `M${point(from)} A${radius} ${radius} 0 0 1 ${point(to)}`, 'stroke-width': width });
  path.style.stroke = colour;
  return path;
}

function bars(properties, lines) {
  const highest = Math.max(...lines.map((line) => Math.abs(newest(line) ?? 0)), 0);
  const rows = lines.map((line) => {
    const value = newest(line);
    const bar = element('span', 'bar');
    bar.style.width = `${highest > 0 ? (Math.abs(value ?? 0) / highest) * 100 : 0}%`;
    bar.style.background = colourOf(line.color, line.style);
    return element('li', '', element('span', 'label', line.label), element('span', 'track', bar), element('span', 'value', number(value)));
  });
  return element('ul', 'bars', ...rows);
}

function pie(properties, lines) {
  const values = lines.map((line) => Math.max(0, newest(line) ?? 0));
  const total = values.reduce((sum, value) => sum + value, 0);
  let begun = 0;
  const slices = total === 0 ? [] : lines.map((line, index) => {
    const from = begun;
    begun += values[index] / total;
    return slice(from, begun, colourOf(line.color, line.style));
  });
  const disc = svg('svg', { class: 'pie', viewBox: '0 0 100 100', 'aria-hidden': 'true' }, ...slices);
  const legend = lines.map((line, index) => {
    const share = total === 0 ? '–' : `${number((values[index] / total) * 100)} %`;
    return element('li', '', swatch(line), element('span', 'label', line.label), element('span', 'value', `${number(newest(line))} (${share})`));
  });
  return element('div', 'pie-and-legend', disc, element('ul', 'legend', ...legend));
}

function slice(from, to, colour) {
  const point = (share) => [50 + 46 * Math.sin(share * TURN), 50 - 46 * Math.cos(share * TURN)].map((at) => at.toFixed(2));
  const part =
    to - from > 0.9999
      ? svg('circle', { cx: 50, cy: 50, r: 46 })
      : svg('path', { d: `M50 50 L${point(from)} A46 46 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)} Z` });
  part.style.fill = colour;
  return part;
}

const SUMMARIES = ['MIN', 'MAX', 'SUM', 'AVG'];

/** A row for each line with its newest value and its summaries; the other way round in the layout "vertical". */
function table(properties, lines) {
  const asked = (properties.table?.summaryColumns ?? SUMMARIES).filter((kind) => SUMMARIES.includes(kind));
  const times = properties.table?.showTimeSeriesData ? [...new Set(lines.flatMap((line) => line.times))].sort((a, b) => b - a).slice(0, 100) : [];
  const head = [text('table.metric'), text('table.newest'), ...asked, ...times.map(timeOfDay)];
  const rows = lines.map((line) => [
    line.label,
    number(newest(line)),
    ...asked.map((kind) => number(summary(kind, line))),
    ...times.map((time) => number(line.values[line.times.indexOf(time)] ?? null)),
  ]);
  const cells = properties.table?.layout === 'vertical' ? head.map((name, column) => [name, ...rows.map((row) => row[column])]) : [head, ...rows];
  const scroll = element('div', 'scroll', element('table', '', ...cells.map((row, index) => tableRow(row, index === 0))));
  scroll.tabIndex = 0;
  return scroll;
}

function tableRow(cells, isHead) {
  const made = cells.map((cell, index) => {
    const node = element(isHead || index === 0 ? 'th' : 'td', '', cell);
    if (node.tagName === 'TH') node.scope = isHead ? 'col' : 'row';
    return node;
  });
  return element('tr', '', ...made);
}
