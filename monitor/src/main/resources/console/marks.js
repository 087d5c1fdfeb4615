// Draws what happened: the rows of the event lane, and the same moments as bands and lines on every chart.

import { drawBand, drawLine, paint, palette } from './ink.js';
import { text } from './texts.js';
import { timeOfDay } from './words.js';

const LANE_ROWS = ['load', 'fault', 'target', 'rotation', 'stack', 'alarm'];
const ROW_HEIGHT = 20;
export const LANE_HEIGHT = LANE_ROWS.length * ROW_HEIGHT;
const SHAPE = 10;
const FONT_SIZE = 12;

/** Fault bands and the moments of faults, targets and alarms, under the lines of a chart. */
export function drawMarks(plot, timeline) {
  for (const band of timeline.bands.filter((candidate) => candidate.row === 'fault')) {
    drawBand(plot, band.from, band.to, palette('--fault-band'), palette('--tone-fault'), band.open);
  }
  for (const mark of timeline.marks.filter((candidate) => candidate.kind === 'target' || candidate.kind === 'alarm')) {
    drawLine(plot, 'x', mark.second, palette(`--tone-${mark.tone}`), [4, 3]);
  }
}

/** The lane itself. */
export function drawLane(plot, timeline) {
  paint(plot, (ctx, at, ratio) => {
    ctx.font = `${FONT_SIZE * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    const middle = (row) => plot.bbox.top + (LANE_ROWS.indexOf(row) + 0.5) * ROW_HEIGHT * ratio;
    for (const band of timeline.bands) drawLaneBand(ctx, band, at, middle(band.row), plot.bbox, ratio);
    for (const row of LANE_ROWS) {
      drawRow(ctx, timeline.marks.filter((mark) => mark.row === row), at, middle(row), plot.bbox, ratio);
    }
  });
  paint(plot, (ctx, at, ratio) => drawRowNames(ctx, plot.bbox, ratio), true);
}

function drawRowNames(ctx, box, ratio) {
  ctx.font = `${FONT_SIZE * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  LANE_ROWS.forEach((row, index) => {
    const middle = box.top + (index + 0.5) * ROW_HEIGHT * ratio;
    ctx.fillStyle = palette('--text-2');
    ctx.fillText(text(`lane.${row}`), box.left - 6 * ratio, middle);
    ctx.fillStyle = palette('--grid');
    ctx.fillRect(box.left, Math.round(middle + (ROW_HEIGHT * ratio) / 2), box.width, 1);
  });
}

function drawLaneBand(ctx, band, at, middle, box, ratio) {
  const half = (ROW_HEIGHT / 2 - 3) * ratio;
  const [from, to] = [at(band.from), at(band.to)];
  const tone = band.row === 'fault' ? 'fault' : 'idle';
  ctx.fillStyle = palette(`--${tone}-band`);
  ctx.fillRect(from, middle - half, to - from, 2 * half);
  ctx.fillStyle = palette(`--tone-${tone}`);
  ctx.fillRect(from, middle - half, 2 * ratio, 2 * half);
  if (!band.open) ctx.fillRect(to - 2 * ratio, middle - half, 2 * ratio, 2 * half);
  // The name stays in sight when the start has left the window.
  const start = Math.max(from, box.left) + 6 * ratio;
  ctx.fillStyle = palette('--text-1');
  ctx.fillText(fitted(ctx, band.label, Math.max(to, from + 160 * ratio) - start), start, middle);
}

/** Marks of one row; a label goes to the side of its mark where there is room, or is left out. */
function drawRow(ctx, marks, at, middle, box, ratio) {
  const gap = 8 * ratio;
  let taken = box.left;
  marks.forEach((mark, index) => {
    const x = at(mark.second);
    ctx.fillStyle = palette(`--tone-${mark.tone}`);
    drawShape(ctx, mark.shape, x, middle, ratio);
    const next = index + 1 < marks.length ? at(marks[index + 1].second) - gap : box.left + box.width;
    const width = ctx.measureText(mark.label).width;
    ctx.fillStyle = palette('--text-1');
    if (x + gap + width <= next) {
      ctx.fillText(mark.label, x + gap, middle);
      taken = x + gap + width;
    } else if (x - gap - width >= taken + gap) {
      ctx.fillText(mark.label, x - gap - width, middle);
      taken = x + gap;
    } else {
      taken = x + gap;
    }
  });
}

/** The same outlines as in the page, from the symbols of index.html. */
export function drawShape(ctx, shape, x, y, ratio) {
  const outline = document.querySelector(`#shape-${shape} path`).getAttribute('d');
  const scale = (SHAPE * ratio) / 16;
  ctx.save();
  ctx.translate(x - 8 * scale, y - 8 * scale);
  ctx.scale(scale, scale);
  ctx.fill(new Path2D(outline), 'evenodd');
  ctx.restore();
}

/** The text, shortened to the room there is. */
export function fitted(ctx, label, room) {
  if (ctx.measureText(label).width <= room) return label;
  let length = label.length;
  while (length > 0 && ctx.measureText(`${label.slice(0, length)}…`).width > room) length--;
  return length > 2 ? `${label.slice(0, length)}…` : '';
}

/** What the lane says about a second, in words, for the line beside the crosshair. */
export function laneText(timeline, second) {
  const moments = timeline.marks.filter((mark) => Math.floor(mark.second) === second).map((mark) => mark.label);
  const during = timeline.bands
    .filter((band) => Math.floor(band.from) <= second && second <= band.to)
    .map((band) => text(Math.floor(band.from) === second ? 'time.begins' : 'time.during', { label: band.label }));
  return [timeOfDay(second), ...during, ...moments].join(' · ');
}
