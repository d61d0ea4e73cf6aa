// Impedance spectra as a Nyquist plot.
import { h, replace, scrolling } from '../../dom.js';
import { get } from '../../api.js';
import { reading } from '../../again.js';
import { onChange } from '../../live.js';
import { plotCard } from '../../plots/card.js';

export const impedance = { title: 'Impedance', open };

function open(body, context) {
  const card = plotCard('Nyquist', 420);
  const table = scrolling('Fitted circuits');
  replace(body, card.element, table);
  let seen = null;
  const analysed = reading(async () => {
    const { results } = await get(`jobs/${context.id}/analysis/eis`);
    const spectra = results.map((entry) => entry.result).filter((result) => result.eis);
    if (spectra.length === 0) { card.say('No analysed spectrum yet.'); return; }
    card.show(figureOf(spectra, context.current()));
    drawTable(table, spectra);
  }, (error) => card.say(error.message));
  const follow = () => {
    const count = context.current().stream_counts?.eis?.analysed ?? 0;
    if (count !== seen) { seen = count; analysed.now(); }
  };
  follow();
  const end = onChange(follow);
  return () => { end(); analysed.end(); card.end(); };
}

function figureOf(spectra, job) {
  return {
    title: `${job.sample.name} ${job.job.slice(0, 8)} impedance`, x: { label: 'Re Z / Ω' }, y: [{ label: '−Im Z / Ω' }],
    series: spectra.map((result, index) => ({ name: nameOf(result), x: result.eis.spectrum.re_ohm, y: result.eis.spectrum.im_ohm.map((value) => -value), style: 'both', colour: index })),
  };
}

const short = (value) => (Math.abs(value) < 1e-3 && value !== 0 ? value.toExponential(3) : String(Number(value.toPrecision(4))));

const nameOf = (result) => `${result.spectrum} ${result.label}${result.complete === false ? ' (broke off)' : ''}`;

function drawTable(place, spectra) {
  const names = [...new Set(spectra.flatMap((result) => Object.keys(result.eis.circuit?.parameters ?? {})))];
  if (names.length === 0) return;
  replace(place, h('table', {}, h('caption', {}, `Fitted circuit ${spectra.find((result) => result.eis.circuit)?.eis.circuit.code ?? ''}`),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Spectrum'), names.map((name) => h('th', { scope: 'col', class: 'number' }, name)))),
    h('tbody', {}, spectra.map((result) => h('tr', {}, h('th', { scope: 'row' }, nameOf(result)), names.map((name) => {
      const parameter = result.eis.circuit?.parameters?.[name];
      return h('td', { class: 'number' }, parameter ? short(parameter.value) : '–');
    }))))));
}
