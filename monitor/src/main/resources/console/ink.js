// What all charts draw with: the colours of console.css, dashes, lines and bands on uPlot's canvas.

import { svg } from './dom.js';

const DASHES = [[], [5, 3], [2, 2], [8, 3, 2, 3]];
const COLOURS = 6;

const STYLES = getComputedStyle(document.documentElement);

/** A colour of console.css as it is now, in the light or dark scheme. */
export function palette(name) {
  return STYLES.getPropertyValue(name).trim();
}

/** The colour that was asked for, if it is one; else that of a style, or of text. */
export function colourOf(asked, style = null) {
  const named = /^var\((--[a-z0-9-]+)\)$/.exec(asked ?? '');
  if (named) return palette(named[1]);
  if (asked && CSS.supports('color', asked)) return asked;
  return style === null ? palette('--text-2') : palette(`--line-${style % COLOURS}`);
}

/** Lines are told apart by their dashes as well as by colour. */
export function dashOf(style) {
  return DASHES[style % DASHES.length];
}

/** A piece of the line, for a legend. @param line {style, color: null for that of the style} */
export function swatch({ style, color = null }) {
  const stroke = svg('line', { x1: 0, x2: 22, y1: 4, y2: 4, 'stroke-dasharray': color === null ? dashOf(style).join(' ') : '' });
  if (color !== null) stroke.style.stroke = colourOf(color, style);
  return svg('svg', { class: `swatch line-${style % COLOURS}`, 'aria-hidden': 'true' }, stroke);
}

/** Calls draw with the canvas, a function from second to pixel, and pixels per CSS pixel; drawing stays inside the plot. */
export function paint(plot, draw, outside = false) {
  const ctx = plot.ctx;
  const { left, top, width, height } = plot.bbox;
  ctx.save();
  if (!outside) {
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
  }
  draw(ctx, (second) => plot.valToPos(second, 'x', true), devicePixelRatio);
  ctx.restore();
}

/** A band of time from top to bottom. @param edge its colour, or null for none @param open whether it has no end yet */
export function drawBand(plot, from, to, fill, edge, open = false) {
  paint(plot, (ctx, at) => {
    ctx.fillStyle = fill;
    ctx.fillRect(at(from), plot.bbox.top, at(to) - at(from), plot.bbox.height);
  });
  if (edge === null) return;
  drawLine(plot, 'x', from, edge, []);
  if (!open) drawLine(plot, 'x', to, edge, [2, 3]);
}

/** A line through the whole plot at a value of a scale: upright for x, else level. */
export function drawLine(plot, scale, value, colour, dash) {
  paint(plot, (ctx, at, ratio) => {
    const { left, top, width, height } = plot.bbox;
    const place = Math.round(plot.valToPos(value, scale, true)) + 0.5;
    ctx.strokeStyle = colour;
    ctx.lineWidth = ratio;
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
    ctx.moveTo(scale === 'x' ? place : left, scale === 'x' ? top : place);
    ctx.lineTo(scale === 'x' ? place : left + width, scale === 'x' ? top + height : place);
    ctx.stroke();
  });
}
