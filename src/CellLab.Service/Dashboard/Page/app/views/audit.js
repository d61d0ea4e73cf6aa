// Who asked for what, why, and what came of it; newest first.
import { h, replace, scrolling } from '../dom.js';
import { get } from '../api.js';
import { reading } from '../again.js';
import { keep } from '../router.js';
import { dateTime } from '../format.js';

const PAGE = 1000;
const SHOWN = 500;

export const audit = { title: 'Audit', open };

function open(body, route) {
  const search = h('input', { type: 'search', value: route.parameters.get('search') ?? '', placeholder: 'name, command, job', oninput: () => { keep({ search: search.value }); draw(); } });
  const rows = h('tbody');
  const note = h('p', { class: 'quiet', role: 'status' });
  let entries = [];
  replace(body, h('h1', {}, 'Audit'), h('div', { class: 'controls' }, h('label', { class: 'field' }, h('span', {}, 'Search'), search), h('button', { type: 'button', onclick: () => list.now() }, 'Read again')), note,
    scrolling('Audit log', {}, h('table', {}, h('thead', {}, h('tr', {}, ['When', 'Who', 'Command', 'On', 'Reason', 'Result'].map((text) => h('th', { scope: 'col' }, text)))), rows)));
  const list = reading(read, (error) => { note.textContent = error.message; });
  list.now();
  return list.end;

  async function read() {
    note.textContent = 'Reading …';
    const all = [];
    for (let page = []; all.length === 0 || page.length === PAGE;) {
      page = (await get(`audit?after=${all.at(-1)?.number ?? 0}&max=${PAGE}`)).entries;
      all.push(...page);
      if (page.length === 0) break;
    }
    entries = all.reverse();
    draw();
  }

  function draw() {
    const text = search.value.trim().toLowerCase();
    const chosen = entries.filter((entry) => [entry.who, entry.command, entry.target, entry.reason, entry.result].join(' ').toLowerCase().includes(text));
    note.textContent = `${chosen.length} entries${chosen.length > SHOWN ? `, the newest ${SHOWN} shown` : ''}`;
    replace(rows, chosen.slice(0, SHOWN).map((entry) => h('tr', {}, [dateTime(entry.wall_utc), entry.who, entry.command, entry.target, entry.reason ?? '', entry.result].map((cell) => h('td', {}, cell)))));
  }
}
