// What a person has to see: acknowledge with a note, shelve until a time.
import { h, replace } from '../dom.js';
import { get, post } from '../api.js';
import { lab, onChange, timeNames } from '../live.js';
import { mayAct } from '../session.js';
import { reading } from '../again.js';
import { keep, link } from '../router.js';
import { dateTime, shortJob } from '../format.js';
import { ask } from './dialogs.js';

const SHELF_HOURS = 8;
const LONGEST_SHELF_HOURS = 30 * 24;

export const alarms = { title: 'Alarms', open };

function open(body, route) {
  const past = h('input', { type: 'checkbox', checked: route.parameters.get('past') === '1', onchange: () => { keep({ past: past.checked ? '1' : '' }); finished.now(); } });
  const list = h('ul', { class: 'alarms' });
  const problem = h('p', { class: 'problem', role: 'status' });
  const finished = reading(readPast, (error) => { problem.textContent = `The past ones cannot be read: ${error.message}`; });
  let over = [];
  replace(body, h('h1', {}, 'Alarms'), h('label', { class: 'check' }, past, ' past ones too'), problem, list);
  finished.now();
  const end = onChange(draw);
  return () => { end(); finished.end(); };

  async function readPast() {
    over = past.checked ? (await get('alarms?all=true')).alarms.filter((alarm) => !alarm.active && alarm.acknowledged_utc) : [];
    problem.textContent = '';
    draw();
  }

  function draw() {
    const all = [...[...lab.alarms.values()].sort(order), ...over];
    const key = JSON.stringify([all, mayAct(), timeNames()]);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    replace(list, all.length === 0 ? h('li', { class: 'quiet' }, 'No alarm.') : all.map(entry));
  }
}

const rank = (alarm) => (alarm.acknowledged_utc ? 2 : 0) + (alarm.severity === 'critical' ? 0 : 1);

const order = (a, b) => rank(a) - rank(b) || b.raised_utc.localeCompare(a.raised_utc);

function entry(alarm) {
  return h('li', { class: 'alarm', 'data-severity': alarm.severity, 'data-open': alarm.acknowledged_utc ? null : '' },
    h('div', {},
      h('strong', {}, alarm.severity === 'critical' ? 'Critical: ' : 'Warning: '), alarm.text,
      h('p', { class: 'quiet' }, facts(alarm).join(' · '), alarm.job ? [' · ', h('a', { href: link('job', alarm.job) }, `job ${shortJob(alarm.job)}`)] : null),
      alarm.acknowledged_utc ? h('p', {}, `Acknowledged by ${alarm.acknowledged_by} at ${dateTime(alarm.acknowledged_utc)}${timeNames().wall}${alarm.note ? `: ${alarm.note}` : ''}`) : null),
    mayAct() ? h('div', { class: 'buttons' },
      alarm.acknowledged_utc ? null : h('button', { type: 'button', class: 'main', onclick: () => acknowledge(alarm) }, 'Acknowledge'),
      alarm.active && !alarm.shelved_until_utc ? h('button', { type: 'button', onclick: () => shelve(alarm) }, 'Shelve') : null,
      alarm.active && alarm.shelved_until_utc ? h('button', { type: 'button', onclick: () => offTheShelf(alarm) }, 'Off the shelf') : null) : null);
}

const facts = (alarm) => [
  `since ${dateTime(alarm.raised_utc)}${timeNames().lab}`, alarm.active ? 'still there' : 'its cause is gone', alarm.device ? `device ${alarm.device}` : null,
  alarm.shelved_until_utc ? `shelved until ${dateTime(alarm.shelved_until_utc)}${timeNames().wall}${alarm.shelved_by ? ` by ${alarm.shelved_by}` : ''}${alarm.shelf_note ? `: ${alarm.shelf_note}` : ''}` : null, alarm.id,
].filter(Boolean);

function acknowledge(alarm) {
  ask({ title: 'Acknowledge', text: alarm.text, fields: [{ name: 'note', label: 'Note: what was found, what was done', long: true, required: true }], button: 'Acknowledge', done: 'Acknowledged.' },
    ({ note }) => post(`alarms/${encodeURIComponent(alarm.id)}/ack`, { note }));
}

function shelve(alarm) {
  ask({
    title: 'Shelve', text: alarm.text, button: 'Shelve', done: 'Shelved.',
    fields: [{ name: 'until', label: 'Until (your local time, at most 30 days)', type: 'datetime-local', required: true, value: localIn(SHELF_HOURS), min: localIn(0), max: localIn(LONGEST_SHELF_HOURS) }, { name: 'note', label: 'Why', long: true, required: true }],
  }, async ({ until, note }) => {
    try {
      await post(`alarms/${encodeURIComponent(alarm.id)}/shelve`, { until_utc: new Date(until).toISOString(), note });
    } catch (error) {
      if (error.status === 404 && !error.hint?.includes('alarms lists')) error.message = 'This service cannot shelve alarms.';
      throw error;
    }
  });
}

// The service ends a shelving by a time that has passed.
function offTheShelf(alarm) {
  ask({ title: 'Off the shelf', text: alarm.text, button: 'Off the shelf', done: 'It is told outside again.', fields: [{ name: 'note', label: 'Why', long: true, required: true }] },
    ({ note }) => post(`alarms/${encodeURIComponent(alarm.id)}/shelve`, { until_utc: '2000-01-01T00:00:00Z', note }));
}

// What a field for a date and a time takes, so many hours from now.
function localIn(hours) {
  const at = new Date(Date.now() + hours * 3600e3);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60e3).toISOString().slice(0, 16);
}
