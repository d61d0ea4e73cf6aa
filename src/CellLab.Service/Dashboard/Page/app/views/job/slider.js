// Chooses a cycle; stays at the newest one until somebody chooses another.
import { h } from '../../dom.js';

export function cycleSlider({ chosen, change }) {
  const input = h('input', { type: 'range', min: 1, max: 1, step: 1, 'aria-label': 'Cycle' });
  const number = h('input', { type: 'number', min: 1, max: 1, step: 1, 'aria-label': 'Number of the cycle' });
  let fixed = chosen;
  const take = (event) => {
    const value = Math.min(Math.max(1, Math.round(Number(event.target.value) || 1)), Number(input.max));
    fixed = value === Number(input.max) ? null : value;
    set(value);
    change(fixed ?? '');
  };
  input.addEventListener('input', take);
  number.addEventListener('change', take);
  function set(value) { input.value = value; number.value = value; }
  return {
    element: h('label', { class: 'cycle-slider' }, h('span', {}, 'Cycle'), input, number),
    setLast(last) { input.max = last; number.max = last; set(fixed ?? last); },
    value: () => Number(input.value),
    isNewest: () => fixed === null,
  };
}
