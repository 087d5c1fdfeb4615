// Notes of whoever watches: an event as any other, seen in the lane over all charts.

import { note } from './api.js';
import { button, element, field, setText } from './dom.js';
import { text } from './texts.js';

const LONGEST = 500;

/** @param dialog where it is written */
export function noteButton(dialog) {
  return button(`${text('note.title')}…`, () => open(dialog));
}

function open(dialog) {
  const input = Object.assign(element('input'), { type: 'text', name: 'note', required: true, maxLength: LONGEST, size: 40 });
  const command = element('code');
  const problem = element('p', 'problem');
  problem.setAttribute('role', 'alert');
  const form = element('form', '', element('div', 'fields', field(text('note.text'), input)));
  form.append(element('p', 'note', text('actions.same')), element('pre', '', command), problem);
  form.append(element('div', 'buttons', element('button', 'plain', text('note.keep')), button(text('actions.cancel'), () => dialog.close())));
  const show = () => setText(command, commandOf(input.value));
  form.addEventListener('input', show);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await note(input.value.trim());
      dialog.close();
    } catch (refused) {
      setText(problem, refused.message);
    }
  });
  show();
  const heading = element('h2', '', text('note.title'));
  heading.id = 'dialog-title';
  dialog.replaceChildren(heading, form);
  dialog.showModal();
  input.focus();
}

/** As a shell reads it. */
function commandOf(words) {
  return `./lab note '${words.trim().replaceAll("'", "'\\''")}'`;
}
