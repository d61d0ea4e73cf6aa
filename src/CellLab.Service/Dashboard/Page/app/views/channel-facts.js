// What the tile of a channel tells, put together from the channel, its job, its pipeline and the alarms.
import { lab, isStale } from '../live.js';
import { capacityOf } from '../capacity.js';
import { groupOf } from '../samples.js';

export function factsOf(channel) {
  const pipeline = lab.pipelines.find((entry) => Object.values(entry.roles).includes(channel.channel)) ?? null;
  const job = channel.job ? lab.jobs.get(channel.job) ?? null : jobOf(pipeline, channel);
  const device = channel.channel.split('.')[0];
  const alarms = [...lab.alarms.values()].filter((alarm) => (job && alarm.job === job.job) || concerns(alarm, device, channel.channel));
  return {
    channel, device, pipeline, job, alarms,
    state: job && job.state !== 'Running' ? job.state : channel.state,
    sample: job?.sample.name ?? null,
    group: job ? groupOf(job.sample.name) : null,
    capacity: job ? capacityOf(job) : null,
    stale: isStale(channel),
    words: [channel.channel, channel.state, channel.barcode, pipeline?.id, job?.job, job?.sample.name, job?.protocol_name, job?.state].join(' ').toLowerCase(),
  };
}

// An alarm of the whole device concerns all its channels; one that names a channel, that channel.
const concerns = (alarm, device, channel) => alarm.device === channel || (alarm.device === device && !alarm.job);

// A job that waits or is queued holds no channel yet; it shows on the tile where it will run.
function jobOf(pipeline, channel) {
  if (!pipeline || pipeline.roles.cycler !== channel.channel) return null;
  return [...lab.jobs.values()].find((job) => job.pipeline === pipeline.id && ['Queued', 'Waiting', 'Starting'].includes(job.state)) ?? null;
}
