// The charts: the event lane and below it the lines, all on one time axis with one crosshair (uPlot's sync).

import uPlot from './vendor/uPlot.esm.js';
import { element, setText } from './dom.js';
import { dashOf, palette, swatch } from './ink.js';
import { drawLane, drawMarks, LANE_HEIGHT } from './marks.js';
import { drawStates, STATE_ROW } from './states.js';
import { text } from './texts.js';
import { number, timeOfDay } from './words.js';

const GUTTER = 60;
const AXIS_HEIGHT = 22;
const PLOT_HEIGHT = 128;
const PADDING = 7;
const COLOURS = 6;

/** Of a chart: its lines, or what the names of its lines begin with, one for each instance or target. */
const CHARTS = {
  requests: {
    title: text('chart.requests'),
    lines: [
      { line: 'requests.balancer', label: text('chart.balancer'), style: 0 },
      { line: 'requests.client', label: text('chart.client'), style: 1 },
    ],
  },
  statuses: {
    title: text('chart.statuses'),
    lines: [
      { line: 'status.Target_2XX', label: '2XX', style: 2 },
      { line: 'status.Target_3XX', label: '3XX', style: 0 },
      { line: 'status.Target_4XX', label: '4XX', style: 3 },
      { line: 'status.Target_5XX', label: '5XX', style: 1 },
      { line: 'status.ELB_4XX', label: 'ELB 4XX', style: 5 },
      { line: 'status.ELB_5XX', label: 'ELB 5XX', style: 4 },
    ],
  },
  failed: {
    title: text('chart.failed'),
    lines: [
      { line: 'failed.client', label: text('chart.client-errors'), style: 1 },
      { line: 'failed.elb5xx', label: 'ELB 5XX', style: 0 },
      { line: 'failed.target5xx', label: `${text('chart.target')} 5XX`, style: 2 },
      { line: 'failed.connect', label: text('chart.connect'), style: 3 },
    ],
  },
  latency: {
    title: text('chart.latency'),
    logarithmic: true,
    lines: [
      { line: 'latency.target.p50', label: `${text('chart.target')} p50`, style: 2 },
      { line: 'latency.target.p95', label: `${text('chart.target')} p95`, style: 4 },
      { line: 'latency.target.p99', label: `${text('chart.target')} p99`, style: 0 },
      { line: 'latency.client.p50', label: `${text('chart.client')} p50`, style: 3 },
      { line: 'latency.client.p95', label: `${text('chart.client')} p95`, style: 5 },
      { line: 'latency.client.p99', label: `${text('chart.client')} p99`, style: 1 },
    ],
  },
  shares: { title: text('chart.shares'), each: 'share.' },
  cpu: { title: text('chart.cpu'), atLeast: 100, each: 'cpu.' },
  credits: { title: text('chart.credits'), each: 'credits.', optional: true },
  connections: { title: text('chart.connections'), each: 'connections.' },
  replication: { title: text('chart.replication'), each: 'exposed.', optional: true },
  lag: { title: text('chart.lag'), each: 'lag.', optional: true },
};

/** What all charts share: what is shown now, and how to change the window. */
export class Charts {
  /** @param onZoom called with {from, to} when a stretch was dragged over, with null on a double click */
  constructor(lanePlace, place, onZoom) {
    this.shown = null;
    this.onZoom = onZoom;
    this.onCursor = () => {};
    this.lane = new Plot(this, lanePlace, laneOptions, LANE_HEIGHT + AXIS_HEIGHT + PADDING);
    this.states = new States(this, place);
    this.charts = Object.entries(CHARTS).map(([id, chart]) => new Chart(this, place, id, chart));
    const sizes = new ResizeObserver(() => this.all().forEach((plot) => plot.fit()));
    sizes.observe(place);
  }

  all() {
    return [this.lane, this.states.plot, ...this.charts.map((chart) => chart.plot)];
  }

  render(shown) {
    this.shown = shown;
    this.lane.show([shown.columns.x, shown.columns.x.map(() => null)], '');
    this.states.render(shown);
    this.charts.forEach((chart) => chart.render(shown));
  }

  /** After the colour scheme changed. */
  repaint() {
    this.all().forEach((plot) => plot.redraw());
  }

  /** Puts the crosshair of all charts on a second; null takes it away. */
  pointAt(second) {
    this.lane.pointAt(second);
  }
}

/** A uPlot that is made when its place has a width, and made anew when its lines change. */
class Plot {
  constructor(charts, place, options, height) {
    Object.assign(this, { charts, place, options, height, made: null, signature: null });
  }

  show(data, signature) {
    const width = this.place.clientWidth;
    if (width === 0) return;
    if (this.made === null || this.signature !== signature) {
      this.made?.destroy();
      this.signature = signature;
      this.made = new uPlot({ ...shared(this.charts), ...this.options(this.charts), width, height: this.height }, data, this.place);
    } else {
      this.made.setData(data);
    }
  }

  fit() {
    const width = this.place.clientWidth;
    if (this.made && width > 0 && this.made.width !== width) this.made.setSize({ width, height: this.height });
  }

  redraw() {
    this.made?.redraw();
  }

  pointAt(second) {
    if (!this.made) return;
    const left = second === null ? -10 : this.made.valToPos(second, 'x');
    this.made.setCursor({ left, top: 5 }, true, true);
  }
}

/** The state of every target: a row for each. */
class States {
  constructor(charts, place) {
    const plotPlace = element('div', 'plot rows');
    this.figure = element('figure', 'chart', element('figcaption', '', element('h3', '', text('chart.states'))), plotPlace);
    this.figure.dataset.chart = 'states';
    place.append(this.figure);
    this.rows = [];
    this.plot = new Plot(charts, plotPlace, () => this.options(charts), 0);
  }

  render(shown) {
    this.rows = shown.states;
    this.figure.hidden = this.rows.length === 0;
    if (this.rows.length === 0) return;
    this.plot.height = this.rows.length * STATE_ROW + 2 * PADDING;
    this.plot.show([shown.columns.x, shown.columns.x.map(() => null)], `${this.rows.length} rows`);
  }

  options(charts) {
    return {
      series: [{}, { points: { show: false } }],
      scales: { x: xScale(charts), y: { range: [0, 1] } },
      axes: [timeAxis(false), bareAxis()],
      hooks: {
        drawAxes: [(plot) => drawMarks(plot, charts.shown.timeline)],
        draw: [(plot) => drawStates(plot, this.rows)],
        setSelect: [(plot) => zoomTo(plot, charts)],
      },
    };
  }
}

class Chart {
  constructor(charts, place, id, chart) {
    this.chart = chart;
    this.legend = element('ul', 'legend');
    const plotPlace = element('div', 'plot');
    this.figure = element('figure', 'chart', element('figcaption', '', element('h3', '', chart.title), this.legend), plotPlace);
    this.figure.dataset.chart = id;
    place.append(this.figure);
    this.lines = [];
    this.plot = new Plot(charts, plotPlace, () => this.options(charts), PLOT_HEIGHT);
  }

  render(shown) {
    const lines = this.chart.each ? shown.linesOf(this.chart.each).map((line, index) => ({ ...line, style: index })) : this.chart.lines;
    this.figure.hidden = this.chart.optional === true && lines.length === 0;
    if (this.figure.hidden) return;
    const signature = JSON.stringify(lines);
    if (signature !== this.plot.signature) {
      this.lines = lines;
      this.legend.replaceChildren(...lines.map(legendItem));
    }
    this.plot.show([shown.columns.x, ...lines.map((line) => shown.columns.of(line.line))], signature);
    this.updateLegend(this.plot.made, shown);
  }

  /** The values at the crosshair, else those of the newest second. */
  updateLegend(plot, shown) {
    if (!plot || !shown) return;
    const index = plot.cursor.idx;
    this.lines.forEach((line, at) => {
      const value = index == null ? shown.latest(line.line) : plot.data[at + 1][index];
      setText(this.legend.children[at].lastChild, number(value));
    });
  }

  options(charts) {
    return {
      series: [{}, ...this.lines.map((line) => lineSeries(line))],
      scales: { x: xScale(charts), y: yScale(this.chart) },
      axes: [timeAxis(false), valueAxis(this.chart.logarithmic)],
      hooks: {
        drawAxes: [(plot) => drawMarks(plot, charts.shown.timeline)],
        setLegend: [(plot) => this.updateLegend(plot, charts.shown)],
        setSelect: [(plot) => zoomTo(plot, charts)],
      },
    };
  }
}

function legendItem(line) {
  return element('li', '', swatch(line), element('span', '', line.label), element('span', 'value', '–'));
}

function lineSeries(line) {
  return {
    label: line.label,
    stroke: () => palette(`--line-${line.style % COLOURS}`),
    width: 1.5,
    dash: dashOf(line.style),
    // A second with data between two without is no line; it is drawn as a dot.
    points: { show: true, size: 4, filter: lonely },
  };
}

function lonely(plot, seriesIndex) {
  const values = plot.data[seriesIndex];
  return values.flatMap((value, at) => (value !== null && values[at - 1] == null && values[at + 1] == null ? [at] : []));
}

function laneOptions(charts) {
  return {
    series: [{}, { points: { show: false } }],
    scales: { x: xScale(charts), y: { range: [0, 1] } },
    padding: [0, 4, PADDING, 0],
    axes: [{ ...timeAxis(true), side: 0 }, bareAxis()],
    hooks: {
      draw: [(plot) => drawLane(plot, charts.shown.timeline)],
      setCursor: [(plot) => charts.onCursor(plot.cursor.idx == null ? null : plot.data[0][plot.cursor.idx])],
      setSelect: [(plot) => zoomTo(plot, charts)],
    },
  };
}

function shared(charts) {
  return {
    legend: { show: false },
    padding: [PADDING, 4, PADDING, 0],
    cursor: {
      y: false,
      sync: { key: 'lab', setSeries: false, scales: ['x', null] },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      bind: { dblclick: () => () => charts.onZoom(null) },
    },
  };
}

function zoomTo(plot, charts) {
  const { left, width } = plot.select;
  if (width < 5) return;
  const zoom = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
  plot.setSelect({ left: 0, width: 0 }, false);
  charts.onZoom(zoom);
}

function xScale(charts) {
  return { time: true, range: () => [charts.shown.window.from, charts.shown.window.to] };
}

function yScale(chart) {
  if (chart.logarithmic) {
    return { distr: 3, range: (plot, low, high) => [tenBelow(low ?? 1), Math.max(tenAbove(high ?? 1), 100)] };
  }
  return { range: (plot, low, high) => [0, Math.max((high ?? 0) * 1.1, chart.atLeast ?? 1)] };
}

function tenBelow(value) {
  return Math.min(1, 10 ** Math.floor(Math.log10(Math.max(value, 0.01))));
}

function tenAbove(value) {
  return 10 ** Math.ceil(Math.log10(Math.max(value, 0.01)));
}

function timeAxis(labelled) {
  return {
    stroke: () => palette('--text-2'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: () => palette('--grid'), width: 1 },
    ticks: { show: false },
    size: labelled ? AXIS_HEIGHT : 0,
    space: 80,
    gap: 4,
    incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300],
    // A label that would be cut off at the edge is left out.
    values: (plot, splits) =>
      splits.map((second) => (labelled && plot.valToPos(second, 'x') < plot.over.clientWidth - 24 ? timeOfDay(second) : '')),
  };
}

function valueAxis(logarithmic) {
  // On a logarithmic axis only the powers of ten.
  const filter = (plot, splits) => splits.map((value) => (logarithmic && !isPowerOfTen(value) ? null : value));
  return {
    stroke: () => palette('--text-2'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: () => palette('--grid'), width: 1, filter },
    ticks: { show: false },
    size: GUTTER,
    space: 24,
    gap: 6,
    filter,
    values: (plot, splits) => splits.map((value) => (value === null ? '' : axisNumber(value))),
  };
}

/** The gutter alone: what stands in it is drawn with the rows. */
function bareAxis() {
  return { ...valueAxis(false), values: (plot, splits) => splits.map(() => ''), grid: { show: false } };
}

function isPowerOfTen(value) {
  return Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;
}

function axisNumber(value) {
  return value >= 10000 ? `${value / 1000}k` : String(Number(value.toPrecision(3)));
}
