// Views by the part of the address behind '#', which can be shared: '#/job/abcd1234/cycles?from=3' is view 'job' with parts and parameters.
export function currentRoute() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...parts] = path.split('/').map(decodeURIComponent);
  return { view: view || 'laboratory', parts, parameters: new URLSearchParams(query) };
}

// Keeps what a view shows (a filter, a range) in its address without a new step in the history.
export function keep(parameters) {
  const [path] = location.hash.split('?');
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== null && value !== undefined)).toString();
  history.replaceState(null, '', `${path || '#/laboratory'}${query ? `?${query}` : ''}`);
}

export const link = (view, ...parts) => `#/${[view, ...parts].map(encodeURIComponent).join('/')}`;
