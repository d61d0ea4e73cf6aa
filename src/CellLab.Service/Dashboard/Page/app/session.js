// Who looks at the page and what that person may do.
import { get, post, remove, setCaller, Refusal } from './api.js';

const NAME = 'celllab-name';

export const session = { user: null, role: 'viewer', csrf: null, logins: false };

export const mayAct = () => session.role === 'operator' || session.role === 'admin';

// The name under which commands stand in the audit where nobody has to log in.
export const givenName = () => localStorage.getItem(NAME) ?? '';

export function setGivenName(name) {
  localStorage.setItem(NAME, name.trim());
  tell();
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

export async function logout() {
  await remove('session');
  await readSession();
}

function take(answer, logins) {
  Object.assign(session, { user: answer.user ?? null, role: answer.role ?? 'viewer', csrf: answer.csrf ?? null, logins });
  tell();
}

function tell() {
  setCaller(session.csrf, session.user ? null : givenName());
  document.documentElement.dataset.role = session.role;
  dispatchEvent(new Event('celllab-session'));
}
