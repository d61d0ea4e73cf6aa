// What stands round every view: where one can go, who one is, and whether the values are live.
import { h, replace } from './dom.js';
import { lab } from './live.js';
import { session, isUnknown, mayAct, givenName, setGivenName, logout } from './session.js';
import { link } from './router.js';
import { dateTime } from './format.js';

const ENTRIES = [['laboratory', 'Laboratory'], ['jobs', 'Jobs'], ['start', 'Start a job'], ['alarms', 'Alarms'], ['devices', 'Devices'], ['audit', 'Audit']];

let drawn = '';

export function drawFrame(view) {
  const alarms = [...lab.alarms.values()];
  const loud = alarms.filter((alarm) => !alarm.acknowledged_utc).length;
  const key = JSON.stringify([view, loud, session, lab.status?.site, lab.status?.clock.speed]);
  if (key === drawn) return; // an open menu or a focus stays
  if (document.activeElement?.id === 'given-name') return; // a name that is being typed stays; the next news draws
  drawn = key;
  replace(
    document.getElementById('frame'),
    h('a', { class: 'brand', href: link('laboratory') }, h('strong', {}, 'CellLab'), lab.status ? ` ${lab.status.site}` : ''),
    h('nav', { 'aria-label': 'Views' }, ENTRIES.filter(([name]) => !isUnknown() && (name !== 'start' || mayAct())).map(([name, text]) => entry(name, text, view, loud))),
    speed(),
    person(),
  );
}

function entry(name, text, view, loud) {
  const mark = name === 'alarms' && loud > 0 ? h('span', { class: 'count', title: 'not acknowledged' }, loud) : null;
  return h('a', { href: link(name), 'aria-current': name === view ? 'page' : null }, text, mark);
}

function speed() {
  const factor = lab.status?.clock.speed ?? 1;
  return factor === 1 ? null : h('span', { class: 'badge', title: 'Simulated devices: laboratory time runs faster than real time' }, `time × ${factor}`);
}

function person() {
  if (session.user) {
    return h('span', { class: 'person' }, `${session.user} (${session.role}) `, h('button', { type: 'button', onclick: () => logout() }, 'Log out'));
  }
  if (isUnknown()) return h('a', { class: 'person', href: link('login') }, 'Log in');
  const field = h('input', { id: 'given-name', value: givenName(), maxlength: 64, size: 10, placeholder: 'your name', autocomplete: 'name', oninput: () => setGivenName(field.value) });
  return h('label', { class: 'person', for: 'given-name', title: 'Stands in the audit beside what you do' }, h('span', {}, 'Name '), field);
}

let since = null;

export function drawConnection() {
  const line = document.getElementById('connection');
  const lostNow = lab.connection === 'lost' && !isUnknown();
  if (lostNow === !line.hidden) return;
  line.hidden = !lostNow;
  since = lostNow ? new Date() : null;
  line.textContent = lostNow
    ? `Connection to the service lost at ${dateTime(since)}. What is shown is old. Instruments and recording do not depend on this page; it tries again by itself.`
    : '';
  document.documentElement.dataset.connection = lab.connection;
}
