// When it starts, and what a person takes upon himself.
import { h } from '../../dom.js';
import { field } from './field.js';

export function timingPart(changed) {
  const at = h('input', { type: 'datetime-local', name: 'at', onchange: changed });
  const queue = h('input', { type: 'checkbox', name: 'queue' });
  const ocv = h('input', { name: 'accept_ocv', maxlength: 500 });
  const unusual = h('input', { name: 'accept_capacity', maxlength: 500 });
  const parts = {
    at: field('Not before (your local time; empty: at once)', at),
    accept_ocv: field('Only if its voltage is not as expected: why it may start', ocv, { wide: true }),
    accept_capacity: field('Only for a new sample of unusual capacity: why', unusual, { wide: true }),
  };
  const element = h('fieldset', {}, h('legend', {}, 'Start'), parts.at.element, h('label', { class: 'check' }, queue, ' behind the job that holds the channel'), parts.accept_ocv.element, parts.accept_capacity.element);
  return {
    element,
    at: () => (at.value ? new Date(at.value).toISOString().replace(/\.\d+Z$/, 'Z') : null),
    asked() {
      return { ...(this.at() ? { at: this.at() } : {}), ...(queue.checked ? { queue: true } : {}), ...(ocv.value.trim() ? { accept_ocv: ocv.value.trim() } : {}), ...(unusual.value.trim() ? { accept_capacity: unusual.value.trim() } : {}) };
    },
    clear: () => Object.values(parts).forEach((part) => part.clear()),
    refuse(name, text) {
      parts[name]?.refuse(text);
      return parts[name] !== undefined;
    },
  };
}
