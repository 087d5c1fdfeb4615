// Finished runs: all of them, and two or more side by side. What each found stands in its verdict.json.

import { runs } from './api.js';
import { button, element, reconcile, setText, shape } from './dom.js';
import { Repeating } from './repeating.js';
import { text } from './texts.js';
import { dateAndTime } from './words.js';

const REFRESH = 5;
const MOST = 6;

const VERDICTS = {
  PASS: { shape: 'disc', tone: 'good' },
  FAIL: { shape: 'cross', tone: 'bad' },
  UNKNOWN: { shape: 'question', tone: 'unknown' },
};

export class Runs {
  constructor(root) {
    Object.assign(this, { root, open: null, runs: [] });
  }

  /** @param path [] for the list, or the keys of runs to compare */
  show(path) {
    this.hide();
    this.compared = path;
    this.problem = element('p', 'problem');
    this.body = element('div');
    const back = element('a', 'back', text('runs.title'));
    back.href = '#/runs';
    const heading = path.length === 0 ? [text('runs.title')] : [back, ` / ${text('runs.comparison')}`];
    this.root.append(element('h2', '', ...heading), this.problem, this.body);
    if (path.length === 0) this.makeList();
    this.repeating = new Repeating(() => this.refresh(), () => REFRESH);
  }

  makeList() {
    this.chosen = new Set();
    this.items = element('ul', 'choices runs');
    this.none = element('p', 'none', text('runs.none'));
    this.none.hidden = true;
    this.compare = button(text('runs.compare'), () => {
      location.hash = `#/runs/${[...this.chosen].map(encodeURIComponent).join('/')}`;
    });
    this.compare.disabled = true;
    this.body.append(element('div', 'view-head', this.compare, element('span', 'note', text('runs.choose', { most: MOST }))), this.none, this.items);
  }

  async refresh() {
    try {
      this.runs = (await runs()).map((run) => ({ key: `${run.experiment} ${run.time}`, ...run }));
      setText(this.problem, '');
    } catch (refused) {
      setText(this.problem, refused.message);
    }
    if (this.compared.length === 0) this.renderList();
    else this.renderComparison();
  }

  renderList() {
    reconcile(this.items, this.runs, (run) => this.item(run), () => {});
    this.none.hidden = this.runs.length > 0;
  }

  item(run) {
    const choose = element('input');
    choose.type = 'checkbox';
    choose.setAttribute('aria-label', text('runs.choose-one', { run: run.key }));
    choose.addEventListener('change', () => {
      if (choose.checked) this.chosen.add(run.key);
      else this.chosen.delete(run.key);
      this.compare.disabled = this.chosen.size < 2 || this.chosen.size > MOST;
    });
    const name = run.report ? element('a', '', run.experiment) : element('strong', '', run.experiment);
    if (run.report) Object.assign(name, { href: reportOf(run), target: '_blank', rel: 'noopener' });
    const item = element('li', '', choose, verdictOf(run), name, element('span', 'since', timeOf(run)), element('p', 'reason', run.verdict.sentence ?? ''));
    item.dataset.run = run.key;
    return item;
  }

  renderComparison() {
    const some = this.compared.map((key) => this.runs.find((run) => run.key === key)).filter(Boolean);
    const signature = JSON.stringify(some);
    if (signature === this.drawn) return;
    this.drawn = signature;
    const table = element('table', '', headOf(some), ...rowsOf(some));
    const scroll = element('div', 'scroll', table);
    scroll.tabIndex = 0;
    this.body.replaceChildren(some.length === 0 ? element('p', 'none', text('runs.gone')) : scroll);
  }

  hide() {
    this.repeating?.stop();
    this.drawn = null;
    this.root.replaceChildren();
  }

  repaint() {}
}

function reportOf(run) {
  return `/runs/${encodeURIComponent(run.experiment)}/${encodeURIComponent(run.time)}/report.html`;
}

function timeOf({ verdict, time }) {
  return verdict.startedAt ? dateAndTime(Date.parse(verdict.startedAt) / 1000) : time;
}

function verdictOf({ verdict }) {
  const look = VERDICTS[verdict.verdict] ?? VERDICTS.UNKNOWN;
  const node = element('span', 'title', shape(look.shape), element('span', 'word', verdict.verdict ?? '–'));
  node.dataset.tone = look.tone;
  return node;
}

function headOf(some) {
  const cells = some.map((run) => {
    const cell = element('th', '', verdictOf(run), run.experiment, element('br'), element('span', 'note', timeOf(run)));
    cell.scope = 'col';
    return cell;
  });
  return element('tr', '', element('td'), ...cells);
}

/** A row for each figure that one of the runs has, in the order of the first that has it. */
function rowsOf(some) {
  const titles = new Map(some.flatMap((run) => (run.verdict.figures ?? []).map((figure) => [figure.name, figure.title])));
  const facts = [
    [text('runs.topology'), (verdict) => verdict.topology],
    [text('runs.balancer'), (verdict) => verdict.balancer],
    [text('runs.timing'), (verdict) => verdict.timing],
  ];
  return [
    ...facts.map(([title, of]) => row(title, some.map((run) => of(run.verdict) ?? '–'))),
    ...[...titles].map(([name, title]) => row(title, some.map((run) => measured(run, name)))),
  ];
}

function measured(run, name) {
  const figure = (run.verdict.figures ?? []).find((one) => one.name === name);
  if (!figure) return '–';
  const outcome = figure.expectation ? ` (${figure.expectation}: ${figure.outcome})` : '';
  return `${figure.measured?.text ?? '–'}${outcome}`;
}

function row(title, values) {
  const head = element('th', '', title);
  head.scope = 'row';
  const differ = new Set(values).size > 1;
  return element('tr', differ ? 'differs' : '', head, ...values.map((value) => element('td', '', value)));
}
