// What happened in the job, newest first.
import { h, replace, scrolling } from '../../dom.js';
import { get } from '../../api.js';
import { reading } from '../../again.js';
import { dateTime } from '../../format.js';

export const events = { title: 'Events', open };

function open(body, context) {
  const rows = h('tbody');
  const note = h('p', { class: 'quiet', role: 'status' });
  let all = [];
  replace(body, note, scrolling('Events of the job', { class: 'card' }, h('table', {}, h('thead', {}, h('tr', {}, ['When (laboratory)', 'Kind', 'What'].map((text) => h('th', { scope: 'col' }, text)))), rows)));
  const happened = ({ detail }) => { if (detail.job === context.id && all.every((event) => event.number !== detail.number)) { all.push(detail); draw(); } };
  addEventListener('celllab-event', happened);
  const list = reading(read, (error) => { note.textContent = error.message; });
  list.now();
  return () => { list.end(); removeEventListener('celllab-event', happened); };

  async function read() {
    const found = [];
    for (let page = [null]; page.length > 0;) {
      page = (await get(`jobs/${context.id}/events?after=${found.at(-1)?.number ?? 0}&max=1000`)).events;
      found.push(...page);
    }
    all = [...found, ...all.filter((event) => event.number > (found.at(-1)?.number ?? 0))];
    draw();
  }

  function draw() {
    note.textContent = `${all.length} events`;
    replace(rows, [...all].reverse().slice(0, 500).map((event) => h('tr', {}, h('td', {}, dateTime(event.at_utc)), h('td', {}, event.kind), h('td', {}, event.text))));
  }
}
