// The cell: a known sample, or a new one by name, mass and capacity. A barcode reader types a name and Enter.
import { h, replace, setText } from '../../dom.js';
import { perGram } from '../../format.js';
import { field } from './field.js';

export function cellPart(changed) {
  const list = h('datalist', { id: 'known-samples' });
  const barcode = h('input', { name: 'barcode', autocomplete: 'off', placeholder: 'scan or type, then Enter', onkeydown: scanned });
  const name = h('input', { name: 'sample', list: 'known-samples', required: true, maxlength: 64, autocomplete: 'off', oninput: update });
  const mass = h('input', { name: 'mass', placeholder: '2.00mg', autocomplete: 'off', oninput: update });
  const capacity = h('input', { name: 'capacity', placeholder: '250mAh/g', autocomplete: 'off', oninput: update });
  const facts = h('p', { class: 'quiet', role: 'status' });
  const parts = {
    barcode: field('Barcode', barcode), sample: field('Sample', name), mass: field('Active mass', mass), capacity: field('Nominal capacity', capacity),
  };
  const element = h('fieldset', {}, h('legend', {}, 'Cell'), parts.barcode.element, parts.sample.element, parts.mass.element, parts.capacity.element, list, facts);
  let known = new Map();
  return {
    element,
    offer(samples) {
      known = new Map(samples.map((sample) => [sample.name, sample]));
      replace(list, samples.map((sample) => h('option', { value: sample.name }, `${sample.active_mass_mg} mg, ${perGram(sample.nominal_capacity_mah_g)}`)));
      update();
    },
    // For check and rehearsal: a sample that is known, else what is given of mass and capacity.
    asked: () => (known.has(name.value.trim()) ? { sample: name.value.trim() } : { ...(mass.value ? { mass: mass.value } : {}), ...(capacity.value ? { capacity: capacity.value } : {}) }),
    chosen: () => ({ sample: name.value.trim(), ...(known.has(name.value.trim()) ? {} : { ...(mass.value ? { mass: mass.value } : {}), ...(capacity.value ? { capacity: capacity.value } : {}) }) }),
    clear: () => Object.values(parts).forEach((part) => part.clear()),
    refuse(at, text) {
      const part = parts[{ name: 'sample', active_mass: 'mass' }[at] ?? at];
      part?.refuse(text);
      return part !== undefined;
    },
  };

  function scanned(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    name.value = barcode.value.trim();
    barcode.value = '';
    update();
    (known.has(name.value) ? name : mass).focus();
  }

  function update() {
    const sample = known.get(name.value.trim());
    mass.disabled = capacity.disabled = sample !== undefined;
    setText(facts, sample
      ? `Known: ${sample.active_mass_mg} mg, ${perGram(sample.nominal_capacity_mah_g)}, 1C = ${(sample.one_c_a * 1e3).toPrecision(4)} mA, ${sample.holder}${sample.group ? `, group ${sample.group}` : ''}`
      : name.value.trim() === '' ? '' : 'New: registered together with the job, with mass and capacity.');
    changed();
  }
}
