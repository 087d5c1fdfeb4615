// The Markdown of text widgets as elements. It never makes HTML of a text, so there is nothing to escape and nothing to smuggle in.
// Understood: headings, paragraphs, lists, tables, rules, block quotes and code; bold, italics, code, links and CloudWatch's buttons.
// Pictures would have to come from elsewhere: they are links.

import { element } from './dom.js';

const INLINE = new RegExp(
  [
    '`(?<code>[^`]+)`',
    '\\*\\*(?<bold>[^*]+)\\*\\*',
    '__(?<strong>[^_]+)__',
    '\\*(?<italics>[^*\\s][^*]*)\\*',
    '\\b_(?<emphasis>[^_]+)_\\b',
    '\\[button:(?:primary:)?(?<button>[^\\]]*)\\]\\((?<to>[^)\\s]+)\\)',
    '!?\\[(?<label>[^\\]]*)\\]\\((?<href>[^)\\s]+)[^)]*\\)',
  ].join('|'),
);

/** [how a block begins, how it is made of its lines] */
const BLOCKS = [
  [/^(#{1,6})\s+/, (lines) => [heading(lines[0]), lines.slice(1)]],
  [/^```/, codeBlock],
  [/^\s*([-*_])(\s*\1){2,}\s*$/, (lines) => [element('hr'), lines.slice(1)]],
  [/^\s*\|.*\|/, (lines) => run(lines, /^\s*\|/, table)],
  [/^\s*[-*+]\s+/, (lines) => run(lines, /^\s*[-*+]\s+|^\s{2,}\S/, (items) => list('ul', items))],
  [/^\s*\d+[.)]\s+/, (lines) => run(lines, /^\s*\d+[.)]\s+|^\s{2,}\S/, (items) => list('ol', items))],
  [/^>/, (lines) => run(lines, /^>/, (quoted) => element('blockquote', '', ...markdown(quoted.map((line) => line.replace(/^>\s?/, '')).join('\n'))))],
];

/** The elements that a text stands for. */
export function markdown(text) {
  let lines = text.split(/\r?\n/);
  const made = [];
  while (lines.length > 0) {
    if (lines[0].trim() === '') {
      lines = lines.slice(1);
      continue;
    }
    const block = BLOCKS.find(([begins]) => begins.test(lines[0]))?.[1] ?? paragraph;
    const [node, rest] = block(lines);
    made.push(node);
    lines = rest;
  }
  return made;
}

/** As many of the first lines as belong together. */
function run(lines, belongs, make) {
  const end = lines.findIndex((line, index) => index > 0 && !belongs.test(line));
  const count = end === -1 ? lines.length : end;
  return [make(lines.slice(0, count)), lines.slice(count)];
}

function heading(line) {
  const [, marks, title] = /^(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
  // The page's own headings come above: a widget's begin with the third.
  return element(`h${Math.min(6, marks.length + 2)}`, `markdown-${marks.length}`, ...inline(title));
}

function codeBlock(lines) {
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith('```'));
  const last = end === -1 ? lines.length : end;
  return [element('pre', '', element('code', '', lines.slice(1, last).join('\n'))), lines.slice(last + 1)];
}

function paragraph(lines) {
  const end = lines.findIndex((line, index) => index > 0 && (line.trim() === '' || BLOCKS.some(([begins]) => begins.test(line))));
  const count = end === -1 ? lines.length : end;
  return [element('p', '', ...inline(lines.slice(0, count).join(' '))), lines.slice(count)];
}

/** A line that begins no item of its own belongs to the one before. */
function list(tag, lines) {
  const items = [];
  for (const line of lines) {
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (item) items.push(item[1]);
    else items.push(`${items.pop()} ${line.trim()}`);
  }
  return element(tag, '', ...items.map((item) => element('li', '', ...inline(item))));
}

function table(lines) {
  const rows = lines.map((line) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim()));
  const ruled = rows.length > 1 && rows[1].every((cell) => /^:?-+:?$/.test(cell));
  const row = (cells, tag) => element('tr', '', ...cells.map((cell) => element(tag, '', ...inline(cell))));
  const body = element('tbody', '', ...rows.slice(ruled ? 2 : 0).map((cells) => row(cells, 'td')));
  return ruled ? element('table', '', element('thead', '', row(rows[0], 'th')), body) : element('table', '', body);
}

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return text === '' ? [] : [text];
  const after = inline(text.slice(found.index + found[0].length));
  return [...inline(text.slice(0, found.index)), made(found.groups, found[0]), ...after];
}

function made({ code, bold, strong, italics, emphasis, button, to, label, href }, written) {
  if (code !== undefined) return element('code', '', code);
  if (bold ?? strong) return element('strong', '', ...inline(bold ?? strong));
  if (italics ?? emphasis) return element('em', '', ...inline(italics ?? emphasis));
  return link(to ?? href, button ?? label, button === undefined ? '' : 'button') ?? written;
}

/** Only to web pages and to places of this page; whatever else an address may do (javascript:, data:) stays a text. */
function link(address, label, className) {
  const inside = address.startsWith('#/');
  if (!inside && !/^https?:\/\//i.test(address)) return null;
  const anchor = element('a', className, ...(label === '' ? [address] : inline(label)));
  anchor.href = address;
  if (!inside) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
  return anchor;
}
