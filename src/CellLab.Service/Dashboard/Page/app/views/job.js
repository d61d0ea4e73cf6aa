// One job: where it stands, what can be done with it, and its plots.
import { h, replace, setText } from '../dom.js';
import { get } from '../api.js';
import { reading } from '../again.js';
import { lab, onChange, labNow } from '../live.js';
import { link } from '../router.js';
import { clockText, counted, dateTime, duration, percent, volts, amperes, shortJob } from '../format.js';
import { jobActions } from './job/actions.js';
import { time } from './job/time.js';
import { curves } from './job/curves.js';
import { cycles } from './job/cycles.js';
import { dqdv } from './job/dqdv.js';
import { gas } from './job/gas.js';
import { impedance } from './job/impedance.js';
import { xrd } from './job/xrd.js';
import { events } from './job/events.js';

const TABS = { time, curves, cycles, dqdv, gas, impedance, xrd, events };
const STREAM_OF = { gas: 'ms', impedance: 'eis', xrd: 'xrd' };
const PLAN_MS = 15_000;

export const job = { title: 'Job', open };

function open(body, route) {
  const [id, tab = 'time'] = route.parts;
  const head = h('div');
  const tabs = h('nav', { class: 'tabs', 'aria-label': 'Plots of the job' });
  const place = h('div');
  replace(body, head, tabs, place);
  const context = { id, detail: null, current: () => lab.jobs.get(context.id) ?? context.detail, parameters: route.parameters };
  const loading = reading(load, (error) => replace(head, h('h1', {}, 'Job'), h('p', { class: 'problem' }, [error.message, error.hint].filter(Boolean).join(' '))));
  const ends = [loading.end];
  let left = false;
  loading.now();
  return () => { left = true; ends.forEach((end) => end()); };

  async function load() {
    context.detail = await get(`jobs/${encodeURIComponent(id)}`);
    if (left) return;
    context.id = context.detail.job;
    const heading = jobHeading(context);
    replace(head, heading.element);
    heading.update();
    ends.push(onChange(() => { heading.update(); drawTabs(tabs, context, tab); }), heading.end);
    drawTabs(tabs, context, tab);
    ends.push((TABS[tab] ?? time).open(place, context));
  }
}

function drawTabs(tabs, context, tab) {
  const streams = context.current().stream_counts ?? {};
  const shown = Object.entries(TABS).filter(([name]) => !STREAM_OF[name] || streams[STREAM_OF[name]] || name === tab);
  const key = shown.map(([name]) => name).join();
  if (tabs.dataset.key === key) return;
  tabs.dataset.key = key;
  replace(tabs, shown.map(([name, view]) => h('a', { href: link('job', context.id, name), 'aria-current': name === tab ? 'page' : null }, view.title)));
}

function jobHeading(context) {
  const title = h('h1');
  const state = h('p', { class: 'job-state', role: 'status' });
  const values = h('p', { class: 'values' });
  const bar = h('progress', { class: 'progress', max: 1, 'aria-label': 'Progress' });
  const plan = h('p', { class: 'quiet' });
  const clocks = clockList(context.detail.clocks ?? []);
  const actions = jobActions(context);
  const element = h('section', { class: 'card job-head' }, h('div', { class: 'job-title' }, title, actions.element), state, values, bar, plan, clocks);
  let figures = null;
  const ask = async () => { try { figures = await get(`jobs/${context.id}/plan`); update(); } catch { /* the bar stays as it was until the service answers again */ } };
  const asking = setInterval(ask, PLAN_MS);
  ask();
  return { element, update, end() { clearInterval(asking); actions.end(); } };

  function update() {
    const now = context.current();
    setText(title, `${now.sample.name}: ${now.protocol_name}`);
    element.dataset.state = now.state;
    setText(state, `${now.state}${now.verdict ? ` (${now.verdict})` : ''}${now.state_reason ? ` – ${now.state_reason}` : ''}`);
    setText(values, valuesText(now));
    values.hidden = !now.progress;
    bar.hidden = !(figures?.fraction >= 0) || figures.fraction === null;
    if (figures?.fraction !== null && figures) bar.value = figures.fraction;
    setText(plan, planText(now, figures));
    actions.update();
  }
}

// Of the instruments against lab time, as measured last.
const clockList = (clocks) => (clocks.length === 0 ? null : h('details', { class: 'clocks' }, h('summary', { class: 'quiet' }, `Clocks of ${counted(clocks.length, 'instrument')}`),
  h('ul', {}, clocks.map((clock) => h('li', {}, `${clock.device}: ${clockText(clock)}`)))));

const valuesText = ({ progress }) => (progress ? `${volts(progress.voltage_v)}   ${amperes(progress.current_a)}   cycle ${progress.cycle}, step ${progress.step_id}${progress.block ? ` (${progress.block}, pass ${progress.pass})` : ''}` : '');

function planText(job, plan) {
  const facts = [`job ${shortJob(job.job)} on ${job.pipeline}`, `${job.sample.active_mass_mg} mg, ${job.sample.nominal_capacity_mah_g} mAh/g`, `by ${job.submitted_by}`];
  facts.push(job.started_utc ? `started ${dateTime(job.started_utc)}` : job.not_before_utc ? `not before ${dateTime(job.not_before_utc)}` : `submitted ${dateTime(job.submitted_utc)}`);
  if (job.ended_utc) facts.push(`ended ${dateTime(job.ended_utc)}`);
  else if (plan?.expected_end_utc) facts.push(`${percent(plan.fraction * 100, 0)} of the plan, ${counted(plan.cycles, 'cycle')}; expected end ${dateTime(plan.expected_end_utc)}, in ${duration((Date.parse(plan.expected_end_utc) - labNow()) / 1000)}`);
  else if (plan?.duration_s) facts.push(`planned: ${counted(plan.cycles, 'cycle')}, ${duration(plan.duration_s)}`);
  facts.push(job.archived ? `records archived on ${dateTime(job.archived.at_utc)} in ${job.archived.folder} (celllab job restore ${job.job})` : counted(job.counts.stored, 'record'));
  return facts.join(' · ');
}
