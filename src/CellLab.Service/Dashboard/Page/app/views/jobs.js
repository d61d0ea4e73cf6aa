// All jobs, newest first.
import { h, replace, scrolling } from '../dom.js';
import { get } from '../api.js';
import { reading } from '../again.js';
import { onChange, lab } from '../live.js';
import { keep, link } from '../router.js';
import { dateTime, shortJob, DASH } from '../format.js';

export const jobs = { title: 'Jobs', open };

function open(body, route) {
  const search = h('input', { type: 'search', value: route.parameters.get('search') ?? '', placeholder: 'sample, protocol, state', oninput: () => { keep({ search: search.value }); draw(); } });
  const rows = h('tbody');
  const button = h('button', { type: 'button', onclick: () => older.now() }, 'Older jobs too');
  const problem = h('p', { class: 'problem', role: 'status' });
  let all = null;
  replace(body, h('h1', {}, 'Jobs'), h('div', { class: 'controls' }, h('label', { class: 'field' }, h('span', {}, 'Search'), search), button), problem,
    scrolling('Jobs', {}, h('table', {}, h('thead', {}, h('tr', {}, ['Job', 'Sample', 'Protocol', 'State', 'Pipeline', 'Cycle', 'Started', 'Ended', 'By'].map((text) => h('th', { scope: 'col' }, text)))), rows)));
  const older = reading(readAll, (error) => { problem.textContent = error.message; });
  draw();
  const end = onChange(draw);
  return () => { end(); older.end(); };

  async function readAll() {
    all = (await get('jobs?all=true')).jobs;
    button.hidden = true;
    problem.textContent = '';
    draw();
  }

  function draw() {
    const known = new Map((all ?? []).map((job) => [job.job, job]));
    lab.jobs.forEach((job, id) => known.set(id, job));
    const chosen = [...known.values()].filter((job) => words(job).includes(search.value.trim().toLowerCase())).sort((a, b) => b.submitted_utc.localeCompare(a.submitted_utc));
    const key = JSON.stringify(chosen.map((job) => [job.job, job.state, job.verdict, job.archived?.at_utc, job.progress?.cycle]));
    if (rows.dataset.key === key) return;
    rows.dataset.key = key;
    replace(rows, chosen.map((job) => h('tr', {},
      h('td', {}, h('a', { href: link('job', job.job) }, shortJob(job.job))), h('td', {}, job.sample.name), h('td', {}, job.protocol_name),
      h('td', { title: job.state_reason }, job.state, job.verdict ? ` (${job.verdict})` : '', job.archived ? ', archived' : ''), h('td', {}, job.pipeline), h('td', { class: 'number' }, job.progress?.cycle ?? DASH),
      h('td', {}, dateTime(job.started_utc)), h('td', {}, dateTime(job.ended_utc)), h('td', {}, job.submitted_by))));
    if (chosen.length === 0) replace(rows, h('tr', {}, h('td', { colspan: 9, class: 'quiet' }, 'No job.')));
  }
}

const words = (job) => [job.job, job.sample.name, job.protocol_name, job.state, job.pipeline, job.verdict, job.archived ? 'archived' : ''].join(' ').toLowerCase();
