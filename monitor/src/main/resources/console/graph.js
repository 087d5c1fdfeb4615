// The graph of a metric widget: lines or stacked areas on one or two axes, annotations, the lab's faults as bands, a legend.

import uPlot from './vendor/uPlot.esm.js';
import { align, newest, stack } from './columns.js';
import { element, reconcile, setText } from './dom.js';
import { colourOf, dashOf, drawBand, drawLine, paint, palette, swatch } from './ink.js';
import { text } from './texts.js';
import { dateAndTime, number, timeOfDay } from './words.js';

const DAY = 86400;
const AXIS_HEIGHT = 22;
const GUTTER = 52;
const FONT = '12px system-ui, sans-serif';
const SYNC = 'dashboard';

export class Graph {
  /** @param group {bands: () => the lab's faults, onZoom: told of {from, to} that was dragged over, or null} */
  constructor(group) {
    this.group = group;
    this.place = element('div', 'plot');
    this.place.tabIndex = 0;
    this.place.setAttribute('role', 'group');
    this.legend = element('ul', 'legend');
    this.root = element('div', 'graph', this.place, this.legend);
    this.made = null;
    this.place.addEventListener('keydown', (event) => this.pointWithKeys(event));
    this.place.addEventListener('blur', () => this.made?.setCursor({ left: -10, top: -10 }));
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(this.place);
  }

  /** @param span {from, to} in seconds */
  show(properties, lines, span) {
    const { x, columns } = align(lines);
    Object.assign(this, { properties, lines, span });
    this.root.dataset.legend = properties.legend?.position ?? 'bottom';
    this.place.setAttribute('aria-label', text('graph.keys', { title: properties.title ?? '' }));
    this.columns = columns;
    const data = [x, ...(properties.stacked ? stack(columns) : columns)];
    const signature = JSON.stringify([properties, lines.map(({ label, color, axis }) => [label, color, axis])]);
    if (this.signature !== signature || !this.made) {
      this.signature = signature;
      this.made?.destroy();
      this.made = null;
      reconcile(this.legend, lines.map((line) => ({ key: `${line.style} ${line.label}`, ...line })), legendItem, () => {});
      if (this.place.clientWidth === 0) return;
      this.made = new uPlot({ ...this.options(), ...this.size() }, data, this.place);
    } else {
      this.made.setData(data);
    }
    this.updateLegend();
  }

  size() {
    return { width: this.place.clientWidth, height: Math.max(60, this.place.clientHeight) };
  }

  fit() {
    const { width, height } = this.size();
    if (this.made && width > 0 && (this.made.width !== width || this.made.height !== height)) this.made.setSize({ width, height });
  }

  redraw() {
    this.made?.redraw();
  }

  close() {
    this.sizes.disconnect();
    this.made?.destroy();
    this.made = null;
  }

  pointWithKeys(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || !this.made) return;
    event.preventDefault();
    const [x] = this.made.data;
    const from = this.made.cursor.idx ?? x.length;
    const index = Math.min(x.length - 1, Math.max(0, from + step * (event.shiftKey ? 10 : 1)));
    this.made.setCursor({ left: this.made.valToPos(x[index], 'x'), top: 5 }, true, true);
  }

  /** The values at the crosshair, else the newest. */
  updateLegend() {
    const index = this.made?.cursor.idx;
    this.lines.forEach((line, at) => {
      const value = index == null ? newest(line) : this.columns[at][index];
      setText(this.legend.children[at].lastChild, number(value ?? null));
    });
  }

  options() {
    const right = this.lines.some((line) => line.axis === 'right') || annotations(this.properties).some(({ yAxis }) => yAxis === 'right');
    return {
      series: [{}, ...this.lines.map((line) => this.series(line))],
      bands: this.properties.stacked ? this.lines.slice(1).map((line, index) => ({ series: [index + 2, index + 1] })) : [],
      scales: {
        x: { time: true, range: () => [this.span.from, this.span.to] },
        left: { range: (plot, low, high) => this.range('left', low, high) },
        ...(right ? { right: { range: (plot, low, high) => this.range('right', low, high) } } : {}),
      },
      axes: [timeAxis(() => this.span), valueAxis('left', 3, this.properties), ...(right ? [valueAxis('right', 1, this.properties)] : [])],
      legend: { show: false },
      // Room for the half of the last time.
      padding: [7, right ? 0 : 28, 0, 0],
      cursor: {
        y: false,
        sync: { key: SYNC, setSeries: false, scales: ['x', null] },
        drag: { x: true, y: false, setScale: false },
        points: { size: 6 },
        bind: { dblclick: () => () => this.group.onZoom(null) },
      },
      hooks: {
        drawAxes: [(plot) => this.drawUnder(plot)],
        draw: [(plot) => drawLabels(plot, this.properties)],
        setLegend: [() => this.updateLegend()],
        setSelect: [(plot) => this.zoom(plot)],
      },
    };
  }

  series(line) {
    const stroke = () => colourOf(line.color, line.style);
    return {
      label: line.label,
      scale: line.axis,
      stroke,
      width: 1.5,
      dash: line.color === null ? dashOf(line.style) : [],
      ...(this.properties.stacked ? { fill: () => `color-mix(in srgb, ${stroke()} 22%, transparent)` } : {}),
      points: { show: true, size: 4, filter: lonely },
    };
  }

  /** What the axis says, else from zero to a little above all values and annotations. */
  range(side, low, high) {
    const { min, max } = this.properties.yAxis?.[side] ?? {};
    const marked = annotations(this.properties).filter((line) => (line.yAxis ?? 'left') === side).map((line) => line.value);
    const highest = Math.max(high ?? 0, ...marked);
    const lowest = Math.min(low ?? 0, 0, ...marked);
    const from = min ?? lowest;
    const to = max ?? highest + (highest - from) * 0.1;
    return to > from ? [from, to] : [from, from + 1];
  }

  drawUnder(plot) {
    for (const band of this.group.bands()) drawBand(plot, band.from, band.to, palette('--fault-band'), palette('--tone-fault'), band.open);
    for (const line of this.properties.annotations?.vertical ?? []) drawVertical(plot, line);
    for (const line of this.properties.annotations?.horizontal ?? []) drawHorizontal(plot, line);
  }

  zoom(plot) {
    const { left, width } = plot.select;
    if (width < 5) return;
    const stretch = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
    plot.setSelect({ left: 0, width: 0 }, false);
    this.group.onZoom(stretch);
  }
}

function legendItem(line) {
  return element('li', '', swatch(line), element('span', 'label', line.label), element('span', 'value', '–'));
}

/** A value between two gaps is no line; it is drawn as a dot. */
function lonely(plot, seriesIndex) {
  const values = plot.data[seriesIndex];
  return values.flatMap((value, at) => (value != null && values[at - 1] === null && (values[at + 1] ?? null) === null ? [at] : []));
}

/** The horizontal lines, those of bands one by one. */
function annotations(properties) {
  return (properties.annotations?.horizontal ?? []).flat().filter((line) => line.visible !== false);
}

function drawVertical(plot, line) {
  if (Array.isArray(line)) {
    const [from, to] = line.map(({ value }) => Date.parse(value) / 1000);
    if (line[0].visible !== false) drawBand(plot, from, to, tint(line[0].color), colourOf(line[0].color));
    return;
  }
  if (line.visible === false) return;
  const at = Date.parse(line.value) / 1000;
  const { min, max } = plot.scales.x;
  if (line.fill === 'before') drawBand(plot, min, at, tint(line.color), null);
  if (line.fill === 'after') drawBand(plot, at, max, tint(line.color), null);
  drawLine(plot, 'x', at, colourOf(line.color), [5, 3]);
}

function drawHorizontal(plot, line) {
  const first = Array.isArray(line) ? line[0] : line;
  if (first.visible === false) return;
  const scale = plot.scales[first.yAxis ?? 'left'] ? (first.yAxis ?? 'left') : 'left';
  const { min, max } = plot.scales[scale];
  const [low, high] = Array.isArray(line)
    ? [line[0].value, line[1].value]
    : { above: [line.value, max], below: [min, line.value] }[line.fill] ?? [line.value, line.value];
  if (low !== high) fillBetween(plot, scale, low, high, tint(first.color));
  for (const one of [line].flat()) drawLine(plot, scale, one.value, colourOf(one.color ?? first.color), [5, 3]);
}

function fillBetween(plot, scale, low, high, colour) {
  paint(plot, (ctx) => {
    const [a, b] = [plot.valToPos(low, scale, true), plot.valToPos(high, scale, true)];
    ctx.fillStyle = colour;
    ctx.fillRect(plot.bbox.left, Math.min(a, b), plot.bbox.width, Math.abs(a - b));
  });
}

function tint(color) {
  return `color-mix(in srgb, ${colourOf(color)} 14%, transparent)`;
}

/** What annotations are called, over the lines. */
function drawLabels(plot, properties) {
  paint(plot, (ctx, at, ratio) => {
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.fillStyle = palette('--text-1');
    const { left, top, width } = plot.bbox;
    ctx.textAlign = 'right';
    for (const line of annotations(properties)) {
      const scale = plot.scales[line.yAxis] ? line.yAxis : 'left';
      const y = plot.valToPos(line.value, scale, true);
      ctx.textBaseline = y < top + 16 * ratio ? 'top' : 'bottom';
      ctx.fillText(line.label ?? '', left + width - 4 * ratio, y);
    }
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    for (const line of (properties.annotations?.vertical ?? []).flat()) {
      if (line.visible !== false) ctx.fillText(line.label ?? '', at(Date.parse(line.value) / 1000) + 4 * ratio, top);
    }
  });
}

function timeAxis(span) {
  const named = (second) => (span().to - span().from > DAY ? dateAndTime(second) : timeOfDay(second));
  return {
    stroke: () => palette('--text-2'),
    font: FONT,
    grid: { stroke: () => palette('--grid'), width: 1 },
    ticks: { show: false },
    size: AXIS_HEIGHT,
    space: 90,
    gap: 4,
    values: (plot, splits) => splits.map(named),
  };
}

function valueAxis(scale, side, properties) {
  const label = properties.yAxis?.[scale]?.label;
  return {
    scale,
    side,
    ...(label ? { label, labelFont: FONT, labelSize: 16, labelGap: 0 } : {}),
    stroke: () => palette('--text-2'),
    font: FONT,
    grid: { show: scale === 'left', stroke: () => palette('--grid'), width: 1 },
    ticks: { show: false },
    size: GUTTER,
    space: 24,
    gap: 6,
    values: (plot, splits) => splits.map((value) => axisNumber(value)),
  };
}

const PREFIXES = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
];

function axisNumber(value) {
  const [size, letter] = PREFIXES.find(([from]) => Math.abs(value) >= from) ?? [1, ''];
  return `${Number((value / (letter === 'k' ? 1000 : size)).toPrecision(3))}${letter}`;
}
