// Numbers as people in a laboratory read them. A missing value is a dash.
export const DASH = '–';

const known = (value) => value !== null && value !== undefined && Number.isFinite(value);

export const fixed = (value, digits) => (known(value) ? value.toFixed(digits) : DASH);

export const volts = (value) => (known(value) ? `${value.toFixed(3)} V` : DASH);

// The unit goes with the size: a coin cell draws microamperes, a pouch cell amperes.
export function amperes(value) {
  if (!known(value)) return DASH;
  const size = Math.abs(value);
  const [factor, unit] = size >= 1 ? [1, 'A'] : size >= 1e-4 || size === 0 ? [1e3, 'mA'] : [1e6, 'µA'];
  const text = (value * factor).toPrecision(4);
  return `${value > 0 ? '+' : ''}${size === 0 ? '0' : text.replace('-', '−')} ${unit}`;
}

export const perGram = (value) => (known(value) ? `${value.toFixed(1)} mAh/g` : DASH);

export const percent = (value, digits = 1) => (known(value) ? `${value.toFixed(digits)} %` : DASH);

export function duration(seconds) {
  if (!known(seconds)) return DASH;
  if (seconds < 1) return '< 1 s';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86400).toFixed(1)} d`;
}

const DATE = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const dateTime = (text) => (text ? DATE.format(new Date(text)) : DASH);

export const counted = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;

export const shortJob = (job) => (job ? job.slice(0, 8) : DASH);

// An instrument's clock against lab time.
export function clockText({ offset_s: offset, uncertainty_s: uncertainty, measured_utc: measured, source }) {
  if (!known(offset)) return `not known (${source})`;
  return `${offset >= 0 ? '+' : '−'}${Math.abs(offset).toFixed(3)} s against lab time, ± ${known(uncertainty) ? uncertainty.toFixed(3) : '?'} s, measured ${dateTime(measured)} (${source})`;
}
