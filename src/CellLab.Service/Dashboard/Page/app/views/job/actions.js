// What a person may do with a job as it stands now.
import { h, replace } from '../../dom.js';
import { post } from '../../api.js';
import { lab } from '../../live.js';
import { mayActOn } from '../../session.js';
import { ask } from '../dialogs.js';

const WHY = { name: 'reason', label: 'Reason', required: true, long: true };
const LIVE = ['Queued', 'Waiting', 'Starting', 'Running', 'Paused', 'Recovering', 'Stopping'];

export function jobActions(context) {
  const element = h('div', { class: 'buttons' });
  let key = '';
  const redraw = () => { key = ''; update(); };
  addEventListener('celllab-session', redraw);
  return { element, update, end: () => removeEventListener('celllab-session', redraw) };

  function update() {
    const job = context.current();
    const next = `${job.state} ${job.state_reason} ${mayActOn(job.pipeline)} ${lostSpectrometer(job)?.text}`;
    if (next === key) return;
    key = next;
    replace(element, mayActOn(job.pipeline) ? buttons(context, job) : null);
  }
}

function buttons(context, job) {
  // What it leads to comes as news: the answer tells how the job stood when it was written, which may be over when it arrives.
  const command = (name, body) => post(`jobs/${context.id}/${name}`, body);
  const button = (text, question, act, look = '') => h('button', { type: 'button', class: look, onclick: () => ask({ title: text, button: text, ...question }, act) }, text);
  const stop = () => button('Stop', {
    text: 'The test is ended and the circuit opened. It can be continued later with what is left of it.', danger: true, done: 'The stop is confirmed.',
    fields: [WHY],
  }, ({ reason }) => command('stop', { reason }), 'danger');
  const shown = [];
  if (job.state === 'Running') shown.push(button('Pause', { text: 'The cell rests at open circuit until the job is resumed.', done: 'Paused.', fields: [WHY] }, ({ reason }) => command('pause', { reason })));
  if (job.state === 'Running' && lostSpectrometer(job)) shown.push(button('Spectrometer is mended', { text: `${lostSpectrometer(job).text}. Its source is switched on once; the cell is left as it is.`, done: 'It is switched on; the alarm goes when it measures.' }, () => command('resume', {}), 'main'));
  if (job.state === 'Paused') shown.push(button('Resume', { text: 'The program goes on where it was paused.', done: 'Resumed.', fields: [WHY] }, ({ reason }) => command('resume', { reason }), 'main'));
  if (job.state === 'Waiting') shown.push(confirmation(job, button, command));
  if (LIVE.includes(job.state)) shown.push(stop());
  if (['Failed', 'Cancelled'].includes(job.state)) shown.push(continuation(button, command));
  if (job.stream_counts?.xrd && job.state === 'Running') shown.push(button('Pattern now', { text: 'Asks the diffractometer for a pattern.', done: 'Asked.' }, () => post(`jobs/${context.id}/trigger`)));
  shown.push(button('Note', { text: 'Stands among the events of the job.', fields: [{ name: 'text', label: 'Note', required: true, long: true, longest: 10000 }], done: 'Noted.' }, ({ text }) => post(`jobs/${context.id}/note`, { text })));
  return shown;
}

// The alarm of a spectrometer that does not measure beside its job.
const lostSpectrometer = (job) => { const alarm = lab.alarms.get(`gas-${job.job}`); return alarm?.active ? alarm : null; };

// A job that waits for a person: a task at the bench, a start that was put off, a voltage that was not as expected.
const confirmation = (job, button, command) => button('Confirm and go on', {
  text: job.state_reason, done: 'Confirmed.',
  fields: [{ name: 'accept', label: 'Only if the cell’s voltage is not as expected: why it may start all the same', long: true }],
}, ({ accept }) => command('resume', accept === '' ? {} : { accept_ocv: accept }), 'main');

const continuation = (button, command) => button('Continue', {
  text: 'What is left of the program runs as a new segment.', done: 'Queued for what is left.',
  fields: [
    { name: 'on', label: 'On another channel or pipeline (empty: where it ran)', placeholder: 'cycler1.27-1-2' },
    { name: 'accept', label: 'Only if the cell’s voltage is not where it was: why it may start all the same', long: true },
  ],
}, ({ on, accept }) => command('continue', { ...(on ? { on } : {}), ...(accept ? { accept_ocv: accept } : {}) }), 'main');
