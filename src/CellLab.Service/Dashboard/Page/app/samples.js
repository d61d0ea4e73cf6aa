// Samples change seldom: read once, and again when a job names one that is not known.
import { get } from './api.js';

let samples = new Map();
let reading = null;
const missing = new Set();

export async function readSamples() {
  reading ??= get('samples').then((answer) => { samples = new Map(answer.samples.map((sample) => [sample.name, sample])); return [...samples.values()]; })
    .finally(() => { reading = null; });
  return reading;
}

export function groupOf(name) {
  if (!samples.has(name) && !missing.has(name)) {
    missing.add(name);
    readSamples().catch(() => missing.delete(name));
  }
  return samples.get(name)?.group ?? null;
}
