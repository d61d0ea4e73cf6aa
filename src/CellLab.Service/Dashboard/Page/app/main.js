// Puts the frame round the view that the address names.
import { h, replace } from './dom.js';
import { begin, onChange, reconnect } from './live.js';
import { isUnknown, readSession } from './session.js';
import { currentRoute } from './router.js';
import { drawFrame, drawConnection } from './frame.js';
import { laboratory } from './views/laboratory.js';
import { jobs } from './views/jobs.js';
import { job } from './views/job.js';
import { start } from './views/start.js';
import { alarms } from './views/alarms.js';
import { devices } from './views/devices.js';
import { audit } from './views/audit.js';
import { login } from './views/login.js';

const VIEWS = { laboratory, jobs, job, start, alarms, devices, audit, login };

const place = document.getElementById('view');
let leave = () => {};

function show() {
  leave();
  const route = currentRoute();
  const view = isUnknown() ? login : VIEWS[route.view];
  const body = replace(place);
  document.title = `${view?.title ?? 'Not found'} – CellLab`;
  leave = view ? view.open(body, route) ?? (() => {}) : nothing(body, route);
  drawFrame(route.view);
}

function nothing(body, route) {
  replace(body, h('h1', {}, 'There is no such view'), h('p', {}, `'${route.view}' is not a view of this page. `, h('a', { href: '#/laboratory' }, 'To the laboratory')));
  return () => {};
}

async function openSession() {
  try {
    await readSession();
  } catch {
    setTimeout(openSession, 1500); // the service does not answer yet
  }
}

// The part after '#' names the view, so the way past the frame cannot be an address.
document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); place.focus(); });
addEventListener('hashchange', () => { show(); place.focus({ preventScroll: true }); scrollTo(0, 0); });
addEventListener('celllab-session', () => { show(); reconnect(); });
addEventListener('celllab-login', () => { if (!isUnknown()) openSession(); }); // the session has ended elsewhere
onChange(() => { drawConnection(); drawFrame(currentRoute().view); });
begin();
openSession();
