// Questions before a command: what it does, a reason where one is wanted, and the service's refusal in its own words.
import { h } from '../dom.js';
import { tell } from './telling.js';

// fields: [{ name, label, value, required, long, type, hint }]; act gets their values and does the command.
export function ask({ title, text, fields = [], button, danger = false, done }, act) {
  const inputs = fields.map((field) => [field, makeInput(field)]);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const yes = h('button', { type: 'submit', class: danger ? 'danger' : 'main' }, button);
  const form = h('form', { method: 'dialog', onsubmit: submit },
    h('h2', { id: 'dialog-title' }, title), text ? h('p', {}, text) : null,
    inputs.map(([field, input]) => h('label', { class: 'field' }, h('span', {}, field.label), input, field.hint ? h('small', { class: 'quiet' }, field.hint) : null)),
    problem, h('div', { class: 'buttons' }, yes, h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel')));
  const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => { removeEventListener('hashchange', leave); dialog.remove(); } }, form);
  const leave = () => dialog.close(); // another view is another job or alarm
  addEventListener('hashchange', leave);
  document.body.append(dialog);
  dialog.showModal();

  async function submit(event) {
    event.preventDefault();
    yes.disabled = true;
    problem.textContent = '';
    try {
      await act(Object.fromEntries(inputs.map(([field, input]) => [field.name, input.value.trim()])));
      dialog.close();
      tell(done ?? 'Done.');
    } catch (error) {
      problem.textContent = [error.message, error.hint].filter(Boolean).join(' ');
      yes.disabled = false;
    }
  }
}

function makeInput(field) {
  const common = { required: field.required, value: field.value ?? '', maxlength: field.longest ?? 500, name: field.name, placeholder: field.placeholder, min: field.min, max: field.max };
  if (field.options) return h('select', { name: field.name }, field.options.map(([value, text]) => h('option', { value }, text)));
  return field.long ? h('textarea', { rows: 3, ...common }) : h('input', { type: field.type ?? 'text', ...common });
}
