// Gas evolution below the charge curve, both over one axis of capacity.
import { h, replace, scrolling } from '../../dom.js';
import { get } from '../../api.js';
import { reading } from '../../again.js';
import { plotCard } from '../../plots/card.js';
import { range } from '../../plots/ticks.js';
import { fixed } from '../../format.js';

const AGAIN_MS = 20_000;

export const gas = { title: 'Gas', open };

function open(body, context) {
  const card = plotCard('Charge curve and gas evolution', 560);
  const table = scrolling('Amounts of gas');
  replace(body, card.element, table);
  const result = reading(async () => {
    const { results } = await get(`jobs/${context.id}/analysis/dems`);
    if (results.length === 0) card.say('No gas result yet: it comes with the charge, after background and calibration.');
    else show(results[0].result);
  }, (error) => card.say(error.message));
  result.now();
  const again = setInterval(result.now, AGAIN_MS);
  return () => { clearInterval(again); result.end(); card.end(); };

  function show(result) {
    const job = context.current();
    const gases = Object.entries(result.gases).filter(([, figures]) => figures.curve);
    if (gases.length === 0) { card.say('The gases have no curve yet.'); return; }
    const name = `${job.sample.name} ${job.job.slice(0, 8)}`;
    const charge = gases[0][1].curve;
    const x = { label: 'capacity / mAh g⁻¹', range: range(gases.map(([, figures]) => figures.curve.q_mah_g), 0.02) };
    const marks = gases.filter(([, figures]) => figures.onset_mah_g !== null).map(([gasName, figures]) => ({ x: figures.onset_mah_g, text: `${gasName} begins ${onsetText(figures)} mAh/g` }));
    card.show({
      title: `${name} charge curve and gas evolution`,
      panels: [
        { title: 'charge curve', x, y: [{ label: 'voltage / V' }], series: [{ name: 'voltage', x: charge.q_mah_g, y: charge.voltage_v }], marks },
        {
          title: 'gas evolution', x, y: [{ label: 'flux / pmol s⁻¹ mg⁻¹' }], marks,
          series: gases.map(([gasName, figures], index) => ({ name: gasName, ...broken(figures.curve.q_mah_g, figures.curve.flux_pmol_s_mg), colour: index + 1 })),
        },
      ],
    });
    drawTable(table, gases, result.provisional);
  }
}

const onsetText = (figures) => (isInGap(figures) ? `in or after a gap in the signal, between ${fixed(figures.onset_not_before_mah_g, 1)} and ${fixed(figures.onset_mah_g, 1)}` : `at ${fixed(figures.onset_mah_g, 1)}`);
const isInGap = (figures) => typeof figures.onset_not_before_mah_g === 'number';

// No line over a gap in the signal: a stretch more than three times as long as usual.
export function broken(x, y) {
  const steps = x.slice(1).map((value, index) => value - x[index]).sort((a, b) => a - b);
  const longest = 3 * (steps[Math.floor(steps.length / 2)] ?? Infinity);
  const line = { x: [], y: [] };
  x.forEach((value, index) => {
    if (index > 0 && value - x[index - 1] > longest) { line.x.push(value); line.y.push(null); }
    line.x.push(value);
    line.y.push(y[index]);
  });
  return line;
}

function drawTable(place, gases, provisional) {
  const columns = [['amount / µmol mg⁻¹', 'umol_per_mg', 4], ['uncertainty', 'umol_per_mg_sigma', 4], ['onset / mAh g⁻¹', 'onset_mah_g', 1], ['onset / V', 'onset_v', 3], ['largest flux / pmol s⁻¹ mg⁻¹', 'max_flux_pmol_s_mg', 2]];
  const gaps = gases.filter(([, figures]) => isInGap(figures) || figures.details?.missing_s > 0);
  replace(place, gaps.length > 0 ? h('ul', {}, gaps.map(([name, figures]) => h('li', {}, gapText(name, figures)))) : null,
    provisional ? h('p', { class: 'quiet' }, 'Provisional: the background after the gas has not been measured yet.') : null,
    h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Gas'), columns.map(([text]) => h('th', { scope: 'col', class: 'number' }, text)))),
      h('tbody', {}, gases.map(([name, figures]) => h('tr', {}, h('th', { scope: 'row' }, name), columns.map(([, key, digits]) => h('td', { class: 'number' }, fixed(figures[key], digits))))))));
}

const gapText = (name, figures) => `${name}: ${fixed(figures.details.missing_s, 0)} s of the signal are missing and left out of the amount.${isInGap(figures) ? ` The onset lies in or at the end of a gap: it began between ${fixed(figures.onset_not_before_mah_g, 1)} and ${fixed(figures.onset_mah_g, 1)} mAh/g.` : ''}`;
