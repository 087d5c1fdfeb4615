// What can be done to the stack: asked of the lab again and again, shown as buttons, and done once it was confirmed. Each tells the
// command that does the same. The page knows no action of its own: what the lab offers is all there is.

import { act, offers } from './api.js';
import { button, element, field, reconcile, setText } from './dom.js';
import { Repeating } from './repeating.js';
import { known, text } from './texts.js';

const REFRESH = 3;

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
    this.toolbar.append(this.buttons, this.activity, this.problem);
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
    this.onAnswer(answer);
  }

  opener({ key, begin }) {
    return button(`${text(key)}…`, () => this.open(text(key), (resource) => resource.startsWith(begin)));
  }

  of(concerns) {
    return this.offers.filter(({ resource }) => concerns(resource));
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
    const fields = offer.parameters.map((parameter) => field(labelOf(parameter), inputs.get(parameter.name)));
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

function inputFor({ name, value, minimum, maximum, optional }) {
  const input = element('input');
  Object.assign(input, { type: 'number', name, value, min: minimum, max: maximum, step: 1, required: !optional });
  return input;
}

function labelOf({ name, unit, optional }) {
  const label = known(`parameter.${name}`) ? text(`parameter.${name}`) : name;
  return `${label}${unit ? ` (${unit})` : ''}${optional ? text('actions.optional') : ''}`;
}

function titleOf({ action }) {
  return known(`action.${action}`) ? text(`action.${action}`) : action;
}

function explanationOf({ action }) {
  return known(`does.${action}`) ? text(`does.${action}`) : action;
}

function nameOf({ resource }) {
  return resource.slice(resource.indexOf('/') + 1);
}

/** The command line that does the same. */
function commandOf(offer, inputs) {
  const options = offer.parameters
    .filter(({ name }) => inputs.get(name).value !== '')
    .map(({ name, option }) => option.replace('{}', inputs.get(name).value));
  return [offer.command, ...options].join(' ');
}
