// The dry run: what the protocol will do, as figures and as a plot.
import { h, replace } from '../../dom.js';
import { plotCard } from '../../plots/card.js';
import { dateTime, duration, volts, fixed } from '../../format.js';

const CELLS = [['', 'plain estimate'], ['LMNO', 'simulated LMNO'], ['LMNPO-VO', 'simulated LMNPO-VO']];

export function rehearsalCard(act) {
  const card = plotCard('Dry run', 260);
  const cell = h('select', { 'aria-label': 'Played on' }, CELLS.map(([value, text]) => h('option', { value }, text)));
  const button = h('button', { type: 'button', onclick: act }, 'Rehearse');
  const facts = h('dl', { class: 'facts' });
  const notes = h('ul', { class: 'findings' });
  replace(card.controls, cell, button);
  card.say('Shows voltage over time, dates and limits before a cell is touched.');
  const element = h('div', {}, card.element);
  card.element.append(facts, notes);
  return {
    element, end: card.end, asked: () => (cell.value ? { cell: cell.value } : {}),
    busy() { button.disabled = true; card.say('Playing the protocol …'); replace(facts); replace(notes); },
    refused(error) { button.disabled = false; card.say(`No dry run: ${error.message}`); },
    show(preview) {
      button.disabled = false;
      card.show(figureOf(preview));
      replace(facts, factsOf(preview).map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))));
      replace(notes, preview.stopped_by ? h('li', { class: 'error' }, `It would be stopped: ${preview.stopped_by}`) : null, preview.warnings.map((warning) => h('li', {}, warning.message)));
    },
  };
}

function figureOf(preview) {
  const hours = preview.voltage.map((point) => point.ts / 3600);
  return {
    title: 'dry run', x: { label: 'time / h' }, y: [{ label: 'voltage / V' }],
    series: [{ name: 'voltage', x: hours.flatMap((hour) => [hour, hour]), y: preview.voltage.flatMap((point) => [point.low_v, point.high_v]) }],
  };
}

const factsOf = (preview) => [
  ['Starts', dateTime(preview.starts_utc)], ['Ends', `${dateTime(preview.ends_utc)}, after ${duration(preview.duration_s)}`],
  ['Cycles', String(preview.cycles.length)], ['Voltage', `${volts(preview.lowest_v)} to ${volts(preview.highest_v)}`],
  ['Safety limits', preview.limits ? `${volts(preview.limits.lowest_v)} to ${volts(preview.limits.highest_v)}` : 'none stated'],
  ['Largest current', `${fixed(preview.peak_current_ma, 4)} mA`], ['Records', `about ${preview.records}`], ['Rests on', preview.estimate.replace(/; --cell .*$/, '')],
];
