// Who looks at the page and what that person may do.
import { get, post, remove, setCaller, Refusal } from './api.js';

const NAME = 'celllab-name';

export const session = { user: null, role: 'none', csrf: null, logins: false, pipelines: null };

// Somebody has to log in before anything is shown.
export const isUnknown = () => session.role === 'none';

export const mayAct = () => session.role === 'operator' || session.role === 'admin';

// The name under which commands stand in the audit where nobody has to log in.
export const givenName = () => localStorage.getItem(NAME) ?? '';

export function setGivenName(name) {
  localStorage.setItem(NAME, name.trim());
  setCaller(session.csrf, session.user ? null : name.trim());
}

export async function readSession() {
  try {
    take(await get('session'), true);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 404) throw error;
    take({ user: null, role: 'admin', csrf: null }, false); // a service without logins listens on its own machine alone
  }
}

export async function login(user, password) {
  take(await post('session', { user, password }), true);
}

// Rights on a pipeline: null are all.
export const mayActOn = (pipeline) => mayAct() && (session.pipelines === null || session.pipelines.includes(pipeline));

export async function logout() {
  await remove('session');
  await readSession();
}

function take(answer, logins) {
  Object.assign(session, { user: answer.user ?? null, role: answer.role ?? 'none', csrf: answer.csrf ?? null, pipelines: answer.pipelines ?? null, logins: logins && (answer.user !== null || answer.role === null) });
  tell();
}

function tell() {
  setCaller(session.csrf, session.user ? null : givenName());
  document.documentElement.dataset.role = session.role;
  dispatchEvent(new Event('celllab-session'));
}
