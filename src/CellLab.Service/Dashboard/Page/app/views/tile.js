// One channel. Its parts are made once; news change their texts.
import { h, setText } from '../dom.js';
import { ageSeconds, isStale } from '../live.js';
import { link } from '../router.js';
import { amperes, volts, perGram, percent, duration, DASH } from '../format.js';

const ROWS = ['Sample', 'Protocol', 'Cycle', 'Step', 'Capacity', 'Retention'];

export function makeTile() {
  const name = h('a', { class: 'name' });
  const state = h('span', { class: 'state' });
  const voltage = h('span', { class: 'value' });
  const current = h('span', { class: 'value' });
  const rows = Object.fromEntries(ROWS.map((row) => [row, h('dd')]));
  const age = h('span', { class: 'age' });
  const alarms = h('ul', { class: 'tile-alarms' });
  const element = h('article', { class: 'tile' },
    h('header', {}, h('h3', {}, name), state),
    h('p', { class: 'values' }, voltage, current),
    h('dl', {}, ROWS.map((row) => h('div', {}, h('dt', {}, row), rows[row]))),
    alarms, h('footer', {}, age));
  const parts = { element, name, state, voltage, current, rows, age, alarms };
  let channel = null;
  const showAge = () => { if (channel) drawAge(parts, channel); };
  return { element, age: showAge, update(facts) { channel = facts.channel; draw(parts, facts); showAge(); } };
}

function draw(parts, facts) {
  const { channel, job } = facts;
  setText(parts.name, channel.channel);
  parts.name.href = job ? link('job', job.job) : link('devices', facts.device);
  setText(parts.state, facts.state);
  parts.state.title = channel.state_text ?? '';
  parts.element.dataset.state = facts.state;
  setText(parts.voltage, volts(channel.voltage_v));
  setText(parts.current, amperes(channel.current_a));
  const progress = job?.progress;
  const texts = {
    Sample: facts.sample ?? DASH,
    Protocol: job?.protocol_name ?? DASH,
    Cycle: progress ? cycleText(progress) : DASH,
    Step: progress ? `${progress.step_id}` : DASH,
    Capacity: perGram(facts.capacity?.newest?.discharge_mah_g || facts.capacity?.newest?.charge_mah_g),
    Retention: percent(facts.capacity?.retention_percent),
  };
  ROWS.forEach((row) => {
    setText(parts.rows[row], texts[row]);
    parts.rows[row].parentElement.hidden = job === null; // a free channel has none of these
  });
  drawAlarms(parts, facts.alarms);
}

const cycleText = (progress) => (progress.block ? `${progress.cycle} (${progress.block}, pass ${progress.pass})` : `${progress.cycle}`);

function drawAlarms(parts, alarms) {
  const key = alarms.map((alarm) => `${alarm.id} ${alarm.severity} ${alarm.acknowledged_utc}`).join('|');
  if (parts.alarms.dataset.key === key) return;
  parts.alarms.dataset.key = key;
  parts.element.dataset.alarm = alarms.some((alarm) => alarm.severity === 'critical') ? 'critical' : alarms.length > 0 ? 'warning' : '';
  parts.alarms.replaceChildren(...alarms.map((alarm) => h('li', { 'data-severity': alarm.severity }, h('a', { href: link('alarms') }, alarm.text))));
}

function drawAge(parts, channel) {
  const never = Date.parse(channel.read_utc) <= 0;
  const stale = never || isStale(channel);
  parts.element.classList.toggle('stale', stale);
  setText(parts.age, never ? 'not read yet' : `${stale ? 'old: ' : ''}read ${duration(ageSeconds(channel))} ago`);
}
