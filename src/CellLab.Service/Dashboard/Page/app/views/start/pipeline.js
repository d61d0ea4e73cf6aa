// Where the job runs.
import { h, replace, setText } from '../../dom.js';
import { lab } from '../../live.js';
import { mayActOn } from '../../session.js';
import { amperes, volts } from '../../format.js';
import { field } from './field.js';

export function pipelinePart(wanted, changed) {
  const select = h('select', { name: 'pipeline', required: true, onchange: () => { update(); changed(); } });
  const facts = h('p', { class: 'quiet', role: 'status' });
  const one = field('Pipeline', select, { wide: true });
  const element = h('fieldset', {}, h('legend', {}, 'Where'), one.element, facts);
  let key = '';
  update();
  return {
    element, update, value: () => select.value, clear: one.clear,
    refuse: (name, text) => name === 'pipeline' && (one.refuse(text), true),
  };

  function update() {
    const shown = lab.pipelines.filter((pipeline) => pipeline.roles.cycler && mayActOn(pipeline.id));
    const next = JSON.stringify(shown.map((pipeline) => [pipeline.id, holderOf(pipeline)?.job]));
    if (next !== key) {
      key = next;
      const before = select.value || wanted || shown.find((pipeline) => !holderOf(pipeline))?.id;
      replace(select, shown.map((pipeline) => h('option', { value: pipeline.id, selected: pipeline.id === before }, `${pipeline.id} (${pipeline.holder})${holderOf(pipeline) ? ' – busy' : ''}`)));
    }
    setText(facts, factsOf(shown.find((pipeline) => pipeline.id === select.value)));
  }
}

const holderOf = (pipeline) => [...lab.jobs.values()].find((job) => job.pipeline === pipeline.id && !['Completed', 'Failed', 'Cancelled'].includes(job.state));

function factsOf(pipeline) {
  if (!pipeline) return 'No pipeline with a cycler is configured for you.';
  const channel = lab.channels.get(pipeline.roles.cycler);
  const others = Object.entries(pipeline.roles).filter(([role]) => role !== 'cycler').map(([role, place]) => `${role} ${place}`);
  const busy = holderOf(pipeline);
  return [`${pipeline.roles.cycler}: ${channel ? `${channel.state}, ${volts(channel.voltage_v)}, ${amperes(channel.current_a)}` : 'not read yet'}`, ...others, busy ? `held by ${busy.sample.name} (${busy.state})` : null].filter(Boolean).join(' · ');
}
