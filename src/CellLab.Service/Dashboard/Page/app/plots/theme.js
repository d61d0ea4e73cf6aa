// Colours for what is drawn: those of the page as it is now, or for files always dark on white.
const NAMES = ['surface', 'text', 'quiet', 'line', 'bad', 'warn', 'raised', 'series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6'];
const FILE = ['#ffffff', '#16212b', '#55646f', '#cfd8de', '#b3261e', '#8a5a00', '#eef2f5', '#0b6e8f', '#c2571a', '#3f8f3f', '#8a4fa8', '#b3261e', '#7a6a00'];

export function pageTheme() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

export const fileTheme = () => Object.fromEntries(NAMES.map((name, index) => [name, FILE[index]]));

export const seriesColour = (theme, number) => theme[`series-${(number % 6) + 1}`];

// Calls back when the person's choice of light or dark changes.
export function onTheme(listener) {
  const query = matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
