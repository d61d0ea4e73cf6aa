// Capacity of a job's newest cycle and what is left of the first one; asked again when a cycle has closed.
import { get } from './api.js';

const known = new Map();

export function capacityOf(job) {
  const entry = known.get(job.job);
  const cycle = `${job.progress?.cycle ?? 0} ${job.state}`;
  if (!entry || (entry.cycle !== cycle && !entry.reading)) read(job.job, cycle, entry?.value ?? null);
  return known.get(job.job).value;
}

function read(job, cycle, before) {
  const entry = { cycle, value: before, reading: true };
  known.set(job, entry);
  get(`jobs/${job}/capacity`)
    .then((answer) => { entry.value = answer; })
    .catch(() => { entry.cycle = null; })
    .finally(() => setTimeout(() => { entry.reading = false; }, 2000));
}
