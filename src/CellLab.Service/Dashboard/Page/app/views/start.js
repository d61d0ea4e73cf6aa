// From a pipeline, a cell and a protocol to a running job: checked while it is typed, rehearsed before it is started.
import { h, replace } from '../dom.js';
import { get, post } from '../api.js';
import { lab, onChange } from '../live.js';
import { mayActOn, mayAct } from '../session.js';
import { reading } from '../again.js';
import { readSamples } from '../samples.js';
import { tell } from './telling.js';
import { cellPart } from './start/cell.js';
import { pipelinePart } from './start/pipeline.js';
import { protocolPart } from './start/protocol.js';
import { timingPart } from './start/timing.js';
import { rehearsalCard } from './start/rehearsal.js';
import { link } from '../router.js';

const CHECK_MS = 500;

export const start = { title: 'Start a job', open };

function open(body, route) {
  if (!mayAct()) {
    replace(body, h('h1', {}, 'Start a job'), h('p', {}, 'Who only watches cannot start a job.'));
    return () => {};
  }
  let waiting = 0;
  const changed = () => { clearTimeout(waiting); waiting = setTimeout(check, CHECK_MS); };
  const pipeline = pipelinePart(route.parameters.get('pipeline'), changed);
  const cell = cellPart(changed);
  const protocol = protocolPart(changed);
  const timing = timingPart(changed);
  const rehearsal = rehearsalCard(() => rehearse());
  const problem = h('p', { class: 'problem', role: 'alert' });
  const go = h('button', { type: 'submit', class: 'main' }, 'Start the job');
  const form = h('form', { class: 'start', novalidate: true, onsubmit: submit },
    h('div', {}, pipeline.element, cell.element, timing.element), h('div', {}, protocol.element, rehearsal.element),
    h('div', { class: 'start-go' }, problem, go));
  replace(body, h('h1', {}, 'Start a job'), form);
  let key = newKey();
  const offers = [async () => cell.offer(await readSamples()), () => protocol.load()].map((read) => reading(read));
  offers.forEach((offer) => offer.now());
  const end = onChange(() => pipeline.update());
  return () => { end(); offers.forEach((offer) => offer.end()); clearTimeout(waiting); rehearsal.end(); };

  function request() {
    return { name: protocol.name(), text: protocol.text(), ...cell.asked(), ...(pipeline.value() ? { pipeline: pipeline.value() } : {}), ...(protocol.set() ? { set: protocol.set() } : {}), accept_losses: protocol.acceptsLosses() };
  }

  async function check() {
    key = newKey();
    if (protocol.text().trim() === '') { protocol.showCheck(null); return; }
    clear();
    try {
      protocol.showCheck(await post('protocols/check', request()));
    } catch (error) { place(error); }
  }

  async function rehearse() {
    rehearsal.busy();
    clear();
    try {
      rehearsal.show(await post('protocols/preview', { ...request(), ...rehearsal.asked(), ...(timing.at() ? { start: timing.at() } : {}) }));
    } catch (error) {
      rehearsal.refused(error);
      place(error);
    }
  }

  async function submit(event) {
    event.preventDefault();
    clear();
    if (!mayActOn(pipeline.value())) { problem.textContent = `You have no rights on the pipeline ${pipeline.value()}.`; return; }
    go.disabled = true;
    try {
      const { name, text, ...rest } = request();
      const accepted = await post('jobs', { protocol_name: name.replace(/\.[^.]*$/, ''), protocol: text, ...rest, ...cell.chosen(), ...timing.asked() }, { 'Idempotency-Key': key });
      tell(['The job is queued and starts when its channel is ready.', ...accepted.warnings].join(' '));
      location.hash = link('job', accepted.job);
    } catch (error) {
      place(error);
      problem.textContent = `Not started: ${error.message}`;
    }
    go.disabled = false;
  }

  function clear() {
    problem.textContent = '';
    [pipeline, cell, protocol, timing].forEach((part) => part.clear());
  }

  // A refusal stands beside the field that it names.
  function place(error) {
    const text = [error.message, error.hint].filter(Boolean).join(' ');
    const taken = [pipeline, cell, protocol, timing].some((part) => part.refuse(error.field ?? '', text, error.errors ?? []));
    if (!taken) problem.textContent = text;
  }
}

// The same for repeated presses of the button, new for every change: a job is never started twice by one request.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
