// What can be done to the stack: asked of the lab again and again, shown as buttons, and done once it was confirmed. Each tells the
// command that does the same. The page knows no action of its own: what the lab offers is all there is.

import { act, offers } from './api.js';
import { button, element, field, option, reconcile, setText } from './dom.js';
import { seconds } from './model.js';
import { Repeating } from './repeating.js';
import { known, text } from './texts.js';
import { timeOfDay } from './words.js';

const REFRESH = 3;

/** The actions that undo faults. */
const UNDOES = new Set(['ec2:StartInstances', 'lab:HealZone']);

/** [the button's text, what its resources begin with] */
const GROUPS = [
  ['actions.load', 'load'],
  ['actions.scale', 'group/'],
  ['actions.experiments', 'experiment/'],
];

export class Actions {
  /**
   * @param places {toolbar, dialog, result}
   * @param onAnswer called with what the lab tells of itself
   */
  constructor(places, onAnswer) {
    Object.assign(this, places, { onAnswer, offers: [] });
    this.buttons = element('div', 'buttons');
    this.activity = element('p', 'note');
    this.problem = element('p', 'problem');
    this.faults = element('ul', 'faults');
    this.faults.setAttribute('aria-label', text('faults.title'));
    this.toolbar.append(this.buttons, this.activity, this.problem, this.faults);
    this.toolbar.hidden = true;
    this.repeating = new Repeating(() => this.refresh(), () => REFRESH);
  }

  async refresh() {
    try {
      this.take(await offers());
    } catch (lost) {
      setText(this.problem, lost.message);
    }
  }

  take(answer) {
    this.offers = answer.offers;
    this.toolbar.hidden = !answer.lab;
    setText(this.problem, answer.problem ?? '');
    setText(this.activity, [text('actions.role', answer), answer.activity].filter(Boolean).join(' · '));
    const groups = GROUPS.filter(([, begin]) => this.of((resource) => resource.startsWith(begin)).length > 0);
    reconcile(this.buttons, groups.map(([key, begin]) => ({ key, begin })), (group) => this.opener(group), () => {});
    reconcile(this.faults, faultsOf(answer), (fault) => this.activeFault(fault), (item, fault) => setText(item.firstChild, fault.text));
    this.faults.hidden = this.faults.children.length === 0;
    this.onAnswer(answer);
  }

  /** What is broken now, and the way back. */
  activeFault(fault) {
    const undo = button(text('faults.undo'), () => this.open(text('faults.undo-of', fault), (resource, action) => UNDOES.has(action) && resource === fault.resource));
    undo.classList.add('act');
    undo.setAttribute('aria-label', text('faults.undo-of', fault));
    return element('li', '', element('span'), undo);
  }

  opener({ key, begin }) {
    return button(`${text(key)}…`, () => this.open(text(key), (resource) => resource.startsWith(begin)));
  }

  of(concerns) {
    return this.offers.filter(({ resource, action }) => concerns(resource, action));
  }

  /** Lets one of the actions on some resources be chosen. */
  open(title, concerns) {
    const some = this.of(concerns);
    if (some.length === 1) this.confirm(some[0]);
    else this.fill(title, element('ul', 'offers', ...some.map((offer) => this.choice(offer, some))), this.cancel());
  }

  fill(title, ...content) {
    const heading = element('h2', '', title);
    heading.id = 'dialog-title';
    this.dialog.replaceChildren(heading, ...content);
    if (!this.dialog.open) this.dialog.showModal();
  }

  cancel() {
    return element('div', 'buttons', button(text('actions.cancel'), () => this.dialog.close()));
  }

  choice(offer, some) {
    const several = some.some(({ resource }) => resource !== offer.resource);
    const choose = button(several ? `${titleOf(offer)}: ${nameOf(offer)}` : titleOf(offer), () => this.confirm(offer));
    choose.disabled = !offer.allowed;
    choose.dataset.action = offer.action;
    return element('li', '', choose, element('span', 'note', offer.allowed ? explanationOf(offer) : offer.reason));
  }

  confirm(offer) {
    const inputs = new Map(offer.parameters.map((parameter) => [parameter.name, inputFor(parameter)]));
    const fields = offer.parameters.map((parameter) => field(labelOf(offer, parameter), inputs.get(parameter.name)));
    const command = element('code');
    const problem = element('p', 'problem');
    problem.setAttribute('role', 'alert');
    const form = element('form', '', element('p', '', explanationOf(offer)), element('div', 'fields', ...fields));
    const doIt = element('button', 'plain danger', titleOf(offer));
    const again = () => setText(command, commandOf(offer, inputs));
    form.append(element('p', 'note', text('actions.same')), element('pre', '', command), problem);
    form.append(element('div', 'buttons', doIt, button(text('actions.cancel'), () => this.dialog.close())));
    form.addEventListener('input', again);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.carryOut(offer, inputs, doIt, problem);
    });
    again();
    this.fill(`${titleOf(offer)}: ${nameOf(offer)}`, form);
    // Nothing is done by a key that was pressed too often.
    form.querySelector('.buttons .plain:not(.danger)').focus();
  }

  async carryOut(offer, inputs, doIt, problem) {
    doIt.disabled = true;
    setText(problem, '');
    setText(this.result, text('actions.under-way', { action: titleOf(offer), name: nameOf(offer) }));
    try {
      const answer = await act(offer, Object.fromEntries([...inputs].map(([name, input]) => [name, input.value])));
      setText(this.result, answer.message);
      if (answer.done) this.dialog.close();
      else setText(problem, answer.message);
    } catch (lost) {
      setText(problem, lost.message);
      setText(this.result, lost.message);
    }
    doIt.disabled = false;
    this.repeating.again();
  }
}

/** [{key, fault, where, text, resource: what its undo is done to}] */
function faultsOf({ faults = [] }) {
  return faults.map(({ fault, where, instances, since, until }) => {
    const zone = where.startsWith('zone ');
    const times = { since: timeOfDay(seconds(since)), until: until && timeOfDay(seconds(until)) };
    return {
      key: `${fault} ${where} ${since}`,
      fault,
      where,
      text: text(until ? 'faults.until' : 'faults.open', { fault, where, ...times }),
      resource: zone ? `zone/${where.at(-1)}` : `instance/${instances[0]}`,
    };
  });
}

/** By the kind of control that the lab names. */
const CONTROLS = {
  Number: ({ control }) => Object.assign(element('input'), { type: 'number', min: control.min, max: control.max, step: 1 }),
  Choice: ({ control }) => element('select', '', ...control.words.map((word) => option(word, word))),
  Text: ({ control }) => Object.assign(element('input'), { type: 'text', title: control.expected, size: 10 }),
};

function inputFor(parameter) {
  const { name, value, optional, control } = parameter;
  return Object.assign(CONTROLS[control.type](parameter), { name, value, required: !optional });
}

function labelOf({ action }, { name, meaning, unit, optional }) {
  const own = [`parameter.${action}.${name}`, `parameter.${name}`].find(known);
  const label = own ? text(own) : [name, meaning].filter(Boolean).join(', ');
  return `${label}${unit ? ` (${unit})` : ''}${optional ? text('actions.optional') : ''}`;
}

/** In the page's language; what it has no words for yet is said in the lab's. */
function titleOf({ action }) {
  if (known(`action.${action}`)) return text(`action.${action}`);
  const words = action.slice(action.indexOf(':') + 1).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return words[0] + words.slice(1).toLowerCase();
}

function explanationOf({ action, summary }) {
  return known(`does.${action}`) ? text(`does.${action}`) : summary;
}

function nameOf({ resource }) {
  return resource.slice(resource.indexOf('/') + 1);
}

/** The command line that does the same. */
function commandOf(offer, inputs) {
  const options = offer.parameters
    .filter(({ name }) => inputs.get(name).value !== '')
    .map((parameter) => parameter.option.replace('{}', inputs.get(parameter.name).value));
  return [offer.command, ...options].join(' ');
}
