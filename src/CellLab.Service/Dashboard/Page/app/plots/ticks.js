// Round numbers along an axis.
export function ticks(low, high, wanted) {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const found = [];
  for (let number = Math.ceil(low / step - 1e-9); number * step <= high + step * 1e-9; number++) found.push(number * step);
  return found;
}

export function tickText(value, all) {
  const step = all.length > 1 ? Math.abs(all[1] - all[0]) : Math.abs(value) || 1;
  if (value !== 0 && (Math.abs(value) >= 1e5 || step < 1e-4)) return value.toExponential(1).replace('e+', 'e');
  const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9) + (String(step / 10 ** Math.floor(Math.log10(step))).startsWith('2.5') ? 1 : 0)));
  return value.toFixed(digits).replace('-', '−');
}

// Smallest and largest number of several columns, widened a little; missing values are passed over.
export function range(columns, margin = 0.04) {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (const value of column) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [0, 1];
  const edge = (high - low) * margin || Math.abs(high) * margin || 1;
  return [low - edge, high + edge];
}
