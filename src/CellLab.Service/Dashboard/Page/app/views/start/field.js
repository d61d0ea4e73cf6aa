// A field with its label and the place of its problem, which a screen reader is told of.
import { h } from '../../dom.js';

let number = 0;

export function field(label, input, { wide = false, hint = null } = {}) {
  input.id ||= `field-${++number}`;
  const problem = h('span', { class: 'field-problem', id: `${input.id}-problem`, role: 'alert' });
  input.setAttribute('aria-describedby', problem.id);
  return {
    element: h('label', { class: wide ? 'field wide' : 'field', for: input.id }, h('span', {}, label), input, hint ? h('small', { class: 'quiet' }, hint) : null, problem),
    refuse(text) { problem.textContent = text; input.setAttribute('aria-invalid', 'true'); },
    clear() { problem.textContent = ''; input.removeAttribute('aria-invalid'); },
  };
}
