// Draws the state of every target over time: a row each, a band for each state, with its shape and word as well as its colour.

import { paint, palette } from './ink.js';
import { drawShape, fitted } from './marks.js';

export const STATE_ROW = 22;
const FONT_SIZE = 12;

export function drawStates(plot, rows) {
  paint(plot, (ctx, at, ratio) => {
    prepare(ctx, ratio, 'left');
    rows.forEach((row, index) => {
      const middle = plot.bbox.top + (index + 0.5) * STATE_ROW * ratio;
      for (const band of row.bands) drawBand(ctx, band, at, middle, plot.bbox, ratio);
    });
  });
  paint(
    plot,
    (ctx, at, ratio) => {
      prepare(ctx, ratio, 'right');
      ctx.fillStyle = palette('--text-2');
      rows.forEach((row, index) => {
        const middle = plot.bbox.top + (index + 0.5) * STATE_ROW * ratio;
        ctx.fillText(fitted(ctx, row.name, plot.bbox.left - 8 * ratio), plot.bbox.left - 6 * ratio, middle);
      });
    },
    true,
  );
}

function prepare(ctx, ratio, align) {
  ctx.font = `${FONT_SIZE * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = align;
}

function drawBand(ctx, band, at, middle, box, ratio) {
  const half = (STATE_ROW / 2 - 2) * ratio;
  const from = Math.max(at(band.from), box.left);
  const to = Math.min(at(band.to), box.left + box.width);
  const tone = palette(`--tone-${band.tone}`);
  ctx.fillStyle = tone;
  ctx.globalAlpha = 0.16;
  ctx.fillRect(from, middle - half, to - from, 2 * half);
  ctx.globalAlpha = 1;
  ctx.fillRect(from, middle + half - 2 * ratio, to - from, 2 * ratio);
  ctx.fillRect(from, middle - half, ratio, 2 * half);
  if (to - from < 14 * ratio) return;
  drawShape(ctx, band.shape, from + 9 * ratio, middle - ratio, ratio);
  ctx.fillStyle = palette('--text-1');
  ctx.fillText(fitted(ctx, band.state, to - from - 22 * ratio), from + 18 * ratio, middle - ratio);
}
