// The service's REST interface, below wherever the page was loaded from.
const ROOT = new URL('api/v1/', document.baseURI);
const LONGEST_MS = 30_000;

let who = { csrf: null, name: null };

// What every command carries: the token of the login, or without a login the name that the person gave.
export const setCaller = (csrf, name) => { who = { csrf, name }; };

export const address = (path) => new URL(path, ROOT).href;

// A refusal with the service's own words: what, at which field, and what to do.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The service answered ${status}.`);
    this.status = status;
    this.field = problem.field ?? null;
    this.hint = problem.hint ?? null;
    this.errors = problem.errors ?? [];
  }
}

// Nobody answered, or not to the end.
export class Unreachable extends Error {}

// The same question may be answered later: a line that broke, a service that starts, too many questions at once.
export const mayPass = (error) => error instanceof Unreachable || error.status >= 500 || error.status === 429;

export const get = (path, signal) => ask('GET', path, undefined, signal);

export const post = (path, body = {}, headers = {}) => ask('POST', path, body, undefined, headers);

export const remove = (path) => ask('DELETE', path);

async function ask(method, path, body, signal, more = {}) {
  const headers = { accept: 'application/json', ...more };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && who.csrf) headers['X-CellLab-CSRF'] = who.csrf;
  if (method !== 'GET' && who.name) headers['X-CellLab-User'] = encodeURIComponent(who.name);
  let answer;
  let text;
  try {
    const limit = AbortSignal.timeout(LONGEST_MS);
    answer = await fetch(address(path), {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    text = await answer.text();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Unreachable('The service does not answer.');
  }
  const content = parse(text);
  if (!answer.ok) {
    if (answer.status === 401) dispatchEvent(new Event('celllab-login'));
    throw new Refusal(answer.status, content ?? {});
  }
  // What stands between may close an answer that broke off as if it were whole.
  if (content === null && answer.status !== 204) throw new Unreachable('The answer of the service broke off.');
  return content;
}

function parse(text) {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
