// Everything the page knows of the laboratory, kept at the newest state: read over REST once, then by server-sent events; read anew whenever the
// connection comes back. A question every few seconds notices a line that is dead without saying so, and keeps the laboratory's clock.
import { address, get } from './api.js';

const ASK_MS = 4000;
const AGAIN_MS = 1500;

export const lab = {
  status: null, connection: 'connecting', devices: new Map(), channels: new Map(), pipelines: [], jobs: new Map(), alarms: new Map(),
};

const listeners = new Set();
let source = null;
let due = false;
let clockRead = 0;

// Calls back, at most once a frame, after anything has changed. Returns how to end that.
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function begin() {
  setInterval(askStatus, ASK_MS);
}

// Read again at once, for example after a login.
export function reconnect() {
  source?.close();
  connect();
}

// The laboratory's time now, in ms since 1970.
export function labNow() {
  if (!lab.status) return Date.now();
  return Date.parse(lab.status.clock.lab_utc) + (performance.now() - clockRead) * lab.status.clock.speed;
}

// What happens to cells is told by the laboratory's time, what people do by the wall's; both are named where the two are not the same.
export const timeNames = () => (lab.status && lab.status.clock.speed !== 1 ? { lab: ' (lab time)', wall: ' (wall time)' } : { lab: '', wall: '' });

// Seconds of the wall clock since the value of this channel was new.
export const ageSeconds = (channel) => (performance.now() - channel.newSince) / 1000 + channel.ageAtFirst;

// Three intervals without a new reading, but not less than what a loaded line may take.
export function isStale(channel) {
  const poll = lab.devices.get(channel.channel.split('.')[0])?.poll_interval_s ?? 5;
  return lab.connection !== 'live' || ageSeconds(channel) > Math.max(2.5, (3 * poll) / (lab.status?.clock.speed ?? 1));
}

async function connect() {
  source?.close();
  source = null;
  try {
    takeStatus(await get('status')); // tells in words why there is nothing; an event source does not
    listen();
  } catch {
    lost();
  }
}

async function readAll() {
  const [devices, pipelines, jobs, alarms] = await Promise.all(['devices', 'pipelines', 'jobs', 'alarms'].map((path) => get(path)));
  lab.pipelines = pipelines.pipelines;
  lab.devices = new Map();
  const before = lab.channels;
  lab.channels = new Map();
  devices.devices.forEach((device) => takeDevice(device, before));
  lab.jobs = new Map(jobs.jobs.map((job) => [job.job, job]));
  lab.alarms = new Map(alarms.alarms.map((alarm) => [alarm.id, alarm]));
}

// Listens first and reads then: of what changes in between nothing may be missed. A message that came during the reading may be older than what was
// read; then a newer one follows it, since each carries the state at its writing.
function listen() {
  source?.close();
  const mine = new EventSource(address('events'));
  let early = [];
  source = mine;
  mine.onopen = async () => {
    try {
      await readAll();
    } catch {
      if (source === mine) lost();
      return;
    }
    if (source !== mine) return;
    early.forEach((take) => take());
    early = null;
    lab.connection = 'live';
    changed();
  };
  mine.onerror = () => { if (source === mine) { mine.close(); lost(); } };
  const on = (kind, take) => mine.addEventListener(kind, (message) => {
    const told = JSON.parse(message.data);
    if (early) early.push(() => take(told));
    else { take(told); changed(); }
  });
  on('device', (device) => { if (lab.devices.has(device.id)) takeDevice(device, lab.channels); else reconnect(); }); // a reload brings new pipelines with it
  on('gone', ({ kind }) => { if (kind === 'device') reconnect(); });
  on('channel', (channel) => takeChannel(channel));
  on('job', (job) => lab.jobs.set(job.job, job));
  on('progress', (job) => lab.jobs.set(job.job, job));
  on('alarm', takeAlarm);
  on('job-event', (event) => dispatchEvent(new CustomEvent('celllab-event', { detail: event })));
}

function lost() {
  if (lab.connection !== 'lost') lab.connection = 'lost';
  source?.close();
  source = null;
  changed();
  setTimeout(() => { if (!source) connect(); }, AGAIN_MS);
}

async function askStatus() {
  if (!source) return;
  try {
    takeStatus(await get('status'));
    changed();
  } catch {
    if (source) lost();
  }
}

function takeStatus(status) {
  lab.status = status;
  clockRead = performance.now();
}

function takeDevice(device, before) {
  lab.devices.set(device.id, device);
  device.channels.forEach((channel) => takeChannel(channel, before));
}

function takeChannel(channel, before = lab.channels) {
  const known = before.get(channel.channel);
  const same = known && known.read_utc === channel.read_utc;
  const fresh = known && !same;
  lab.channels.set(channel.channel, {
    ...channel,
    newSince: same ? known.newSince : performance.now(),
    ageAtFirst: same ? known.ageAtFirst : fresh ? 0 : Math.max(0, (labNow() - Date.parse(channel.read_utc)) / 1000 / (lab.status?.clock.speed ?? 1)),
  });
}

function takeAlarm(alarm) {
  if (!alarm.active && alarm.acknowledged_utc) lab.alarms.delete(alarm.id);
  else lab.alarms.set(alarm.id, alarm);
}

function changed() {
  if (due) return;
  due = true;
  const tell = () => { due = false; listeners.forEach((listener) => listener()); };
  if (document.hidden) setTimeout(tell, 200);
  else requestAnimationFrame(tell);
}
