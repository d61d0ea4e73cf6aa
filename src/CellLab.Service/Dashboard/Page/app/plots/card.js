// The frame of every plot: its title, what can be saved of it, and its values as a table for whoever cannot see it.
import { h, replace, scrolling } from '../dom.js';
import { drawSvg } from './svg.js';
import { asOne } from './csv.js';
import { pageTheme, onTheme } from './theme.js';
import { saveCsv, savePng, saveSvg } from './save.js';

const TABLE_ROWS = 300;

// A card that draws figures as SVG and again whenever its width or the colours change.
export function plotCard(title, height = 340) {
  let figure = null;
  const place = h('div', { class: 'plot' });
  const card = cardFrame(title, () => figure, place);
  const draw = () => {
    if (!figure || place.clientWidth === 0) return;
    replace(place, drawSvg(figure, Math.max(280, place.clientWidth), place.clientWidth < 500 ? Math.min(height, figure.panels ? 440 : 280) : height, pageTheme()));
  };
  const watching = new ResizeObserver(draw);
  watching.observe(place);
  const endTheme = onTheme(draw);
  return {
    element: card.element,
    controls: card.controls,
    show(next) { figure = next; card.ready(); draw(); },
    say(text) { figure = null; card.ready(false); replace(place, h('p', { class: 'quiet' }, text)); },
    end() { watching.disconnect(); endTheme(); },
  };
}

export function cardFrame(title, figure, place) {
  const controls = h('div', { class: 'plot-controls' });
  const table = scrolling(`Table of ${title}`, { class: 'plot-table', hidden: true });
  const toggle = h('button', { type: 'button', 'aria-expanded': 'false', onclick: () => flip() }, 'Table');
  const buttons = [
    h('button', { type: 'button', onclick: () => saveSvg(figure()) }, 'SVG'),
    h('button', { type: 'button', onclick: () => savePng(figure()) }, 'PNG'),
    h('button', { type: 'button', onclick: () => saveCsv(figure()) }, 'CSV'),
    toggle,
  ];
  const saving = h('div', { class: 'saving', role: 'group', 'aria-label': `Save ${title}` }, buttons);
  function flip() {
    table.hidden = !table.hidden;
    toggle.setAttribute('aria-expanded', String(!table.hidden));
    if (!table.hidden) replace(table, dataTable(figure()));
  }
  const ready = (yes = true) => { saving.hidden = !yes; if (!yes) table.hidden = true; else if (!table.hidden) replace(table, dataTable(figure())); };
  ready(false);
  const element = h('section', { class: 'card', 'aria-label': title }, h('header', {}, h('h2', {}, title), saving), controls, place, table);
  return { element, controls, ready };
}

function dataTable(whole) {
  const figure = asOne(whole);
  const columns = figure.series.flatMap((series) => [[figure.x.label, series.x], [series.name || figure.y[series.axis ?? 0].label, series.y]]).slice(0, 12);
  const rows = Math.max(0, ...columns.map(([, values]) => values.length));
  const every = Math.max(1, Math.ceil(rows / TABLE_ROWS));
  const chosen = Array.from({ length: Math.ceil(rows / every) }, (_, index) => index * every);
  return h('table', {},
    h('caption', {}, every > 1 ? `${figure.title}: every ${every}th of ${rows} rows; CSV has all` : figure.title),
    h('thead', {}, h('tr', {}, columns.map(([name]) => h('th', { scope: 'col', class: 'number' }, name)))),
    h('tbody', {}, chosen.map((row) => h('tr', {}, columns.map(([, values]) => h('td', { class: 'number' }, values[row] === null || values[row] === undefined ? '' : Number(values[row].toPrecision(6))))))));
}
