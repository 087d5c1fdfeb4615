'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const time = document.getElementById('time');
  const cursor = time.querySelector('.cursor');
  const charts = [];
  let range = [0, data.end];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const gutter = () => parseFloat(colour('gutter')) * rem();
  const right = () => parseFloat(colour('right'));

  const MARKS = {
    fault: {colour: 'red', dash: []},
    healed: {colour: 'green', dash: [6, 4]},
    alarm: {colour: 'amber', dash: [6, 4]},
    ok: {colour: 'green', dash: [2, 3]},
    nodata: {colour: 'soft', dash: [2, 3]},
  };

  // Every point stands for the step that begins at it; the last one needs an end to be drawn at all.
  const at = data.at.concat([data.end]);
  const column = values => values.concat(values.slice(-1));
  const stepped = uPlot.paths.stepped({align: 1});

  function band(u, from, to, fill) {
    const left = Math.max(u.valToPos(from, 'x', true), u.bbox.left);
    const width = Math.min(u.valToPos(to, 'x', true), u.bbox.left + u.bbox.width) - left;
    if (width > 0) {
      u.ctx.fillStyle = fill;
      u.ctx.fillRect(left, u.bbox.top, width, u.bbox.height);
    }
  }

  function drawBands(u) {
    u.ctx.save();
    band(u, 0, data.judgedFrom, colour('unjudged'));
    data.bands.forEach(b => band(u, b.from, b.to, colour('fault-band')));
    u.ctx.restore();
  }

  function drawMarks(u) {
    const ctx = u.ctx;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    data.marks.filter(m => m.at >= range[0] && m.at <= range[1]).forEach(m => {
      const x = u.valToPos(m.at, 'x', true);
      ctx.strokeStyle = colour(MARKS[m.kind].colour);
      ctx.setLineDash(MARKS[m.kind].dash.map(d => d * devicePixelRatio));
      ctx.beginPath();
      ctx.moveTo(x, u.bbox.top);
      ctx.lineTo(x, u.bbox.top + u.bbox.height);
      ctx.stroke();
    });
    ctx.restore();
  }

  // A few failures among hundreds of answers are less than a pixel high: each such point gets a sign and its number.
  function drawFailures(u) {
    const ctx = u.ctx;
    const size = 5 * devicePixelRatio;
    let free = -Infinity;
    ctx.save();
    ctx.fillStyle = colour('red');
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = 'center';
    data.failed.forEach((failed, i) => {
      const middle = data.at[i] + data.step / 2;
      if (failed === 0 || middle < range[0] || middle > range[1]) {
        return;
      }
      const x = u.valToPos(middle, 'x', true);
      const y = u.bbox.top + 16 * devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x - size, y);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + 1.6 * size);
      ctx.fill();
      if (x > free) {
        ctx.fillText(failed, x, y - 3 * devicePixelRatio);
        free = x + 14 * devicePixelRatio;
      }
    });
    ctx.restore();
  }

  function show(from, to) {
    range = [Math.max(0, from), Math.min(data.end, to)].map(seconds => Math.round(seconds * 1e3) / 1e3);
    time.style.setProperty('--min', range[0]);
    time.style.setProperty('--max', range[1]);
    charts.forEach(u => u.setScale('x', {min: range[0], max: range[1]}));
  }

  function follow(u) {
    const inside = u.cursor.left >= 0;
    cursor.style.display = inside ? 'block' : 'none';
    if (inside) {
      time.style.setProperty('--cursor', u.cursor.left / (u.bbox.width / devicePixelRatio));
    }
  }

  const powerOfTen = v => Number.isInteger(Math.round(Math.log10(v) * 1e6) / 1e6);
  const milliseconds = v => v < 1000 ? v + ' ms' : v / 1000 + ' s';

  function axes(unit, logarithmic) {
    const common = {stroke: () => colour('soft'), grid: {stroke: () => colour('grid'), width: 1}, ticks: {show: false}, font: '12px system-ui, sans-serif'};
    return [
      {...common, space: 60, size: 28, values: (u, ticks) => ticks.map(t => +t.toFixed(3) + ' s')},
      logarithmic
        ? {...common, size: gutter, filter: (u, ticks) => ticks.map(t => powerOfTen(t) ? t : null),
          grid: {...common.grid, filter: (u, ticks) => ticks.map(t => powerOfTen(t) ? t : null)},
          values: (u, ticks) => ticks.map(t => t === null ? '' : milliseconds(t))}
        : {...common, size: gutter, values: (u, ticks) => ticks.map(t => t + unit)},
    ];
  }

  function chart(id, height, y, unit, series, values, draw) {
    const host = document.getElementById(id);
    const options = {
      width: host.clientWidth, height,
      padding: [8, right(), 0, 0],
      scales: {x: {time: false, min: 0, max: data.end}, y},
      axes: axes(unit, y.distr === 3),
      cursor: {sync: {key: 'run', scales: ['x', null]}, drag: {x: true, y: false, setScale: false}, focus: {prox: -1}, y: false},
      series: [{label: 'at', value: (u, v) => v == null ? '' : v + ' s'}].concat(series),
      hooks: {
        drawClear: [drawBands],
        draw: [drawMarks].concat(draw || []),
        setCursor: [follow],
        setSelect: [u => {
          if (u.select.width > 4) {
            show(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
          }
          u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
        }],
      },
    };
    const u = new uPlot(options, [at].concat(values.map(column)), host);
    u.over.addEventListener('dblclick', () => show(0, data.end));
    charts.push(u);
  }

  const line = (label, stroke, unit, extra) => ({
    label, stroke: () => colour(stroke), width: 1.5, paths: stepped, points: {show: false},
    value: (u, v) => v == null ? '–' : v + unit, ...extra,
  });

  // Latency begins at 1 ms: a logarithmic scale has no zero.
  const latency = values => values.map(v => v === null ? null : Math.max(1, v));
  const COLOURS = ['blue', 'violet', 'teal', 'amber', 'green', 'red'];
  const DASHES = [[], [8, 3], [3, 3], [8, 3, 2, 3]];

  function drawAll() {
    const peak = Math.max(1, ...data.ok, ...data.failed);
    chart('requests', 190, {range: [0, peak * 1.3]}, '', [
      line('answered', 'blue', '', {fill: () => colour('blue-fill')}),
      line('failed', 'red', '', {fill: () => colour('red-fill'), width: 2, value: (u, v, series, index) => index == null ? '–' : v || 0}),
    ], [data.ok, data.failed.map(v => v || null)], drawFailures);
    const slowest = Math.max(10, ...data.max.map(v => v || 0));
    chart('latency', 210, {distr: 3, range: [1, Math.pow(10, Math.ceil(Math.log10(slowest * 1.05)))]}, '', [
      line('p50', 'teal', ' ms', {width: 2}),
      line('p95', 'green', ' ms', {dash: [8, 3, 2, 3]}),
      line('p99', 'blue', ' ms', {dash: [8, 3]}),
      line('slowest', 'violet', ' ms', {dash: [2, 3]}),
    ], [latency(data.p50), latency(data.p95), latency(data.p99), latency(data.max)]);
    document.getElementById('cpu-figure').hidden = data.cpu.length === 0;
    if (data.cpu.length > 0) {
      chart('cpu', 170, {range: [0, 100]}, ' %', data.cpu.map((c, i) =>
        line(c.name, COLOURS[i % COLOURS.length], ' %', {dash: DASHES[i % DASHES.length]})), data.cpu.map(c => c.values));
    }
    time.dataset.drawn = charts.length;
  }

  function redraw() {
    charts.splice(0).forEach(u => u.destroy());
    drawAll();
    show(...range);
  }

  let pending = 0;
  let width = 0;
  new ResizeObserver(() => {
    if (time.clientWidth !== width) {
      width = time.clientWidth;
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(redraw);
    }
  }).observe(time);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  // Canvases do not follow the paper: for printing they are drawn anew, light and as wide as a sheet.
  addEventListener('beforeprint', () => {
    document.documentElement.dataset.print = '';
    time.style.width = '680px';
    redraw();
  });
  addEventListener('afterprint', () => {
    delete document.documentElement.dataset.print;
    time.style.width = '';
    redraw();
  });

  const firstFault = data.bands.length > 0 ? data.bands[0].from : null;
  const around = document.getElementById('around');
  around.hidden = firstFault === null;
  around.addEventListener('click', () => show(firstFault - 2, firstFault + 4));
  document.getElementById('whole').addEventListener('click', () => show(0, data.end));
  document.querySelectorAll('button.show').forEach(button => button.addEventListener('click', () => {
    const moment = Number(button.dataset.at);
    show(moment - 5, moment + 5);
    document.getElementById('course').scrollIntoView();
  }));
})();
