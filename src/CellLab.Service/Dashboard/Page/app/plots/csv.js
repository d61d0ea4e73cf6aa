// A figure's data as comma-separated values: for each series its x and its y, with the axes' labels and the series' name in the heading.
export function figureCsv(figure) {
  if (figure.panels) return figureCsv(asOne(figure));
  const columns = figure.series.flatMap((series) => [
    { name: heading(figure.x.label, series.name), values: series.x },
    { name: heading(figure.y[series.axis ?? 0].label, series.name), values: series.y },
  ]);
  const rows = Math.max(0, ...columns.map((column) => column.values.length));
  const lines = [columns.map((column) => quote(column.name)).join(',')];
  for (let row = 0; row < rows; row++) lines.push(columns.map((column) => cell(column.values[row])).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

// Panels side by side in one table: the axes of all, and each series with the number of its own.
export const asOne = (figure) => (figure.panels ? {
  title: figure.title, x: figure.panels[0].x, y: figure.panels.map((panel) => panel.y[0]),
  series: figure.panels.flatMap((panel, index) => panel.series.map((series) => ({ ...series, axis: index }))),
} : figure);

const heading = (label, name) => (name ? `${label} (${name})` : label);

const cell = (value) => (value === null || value === undefined || Number.isNaN(value) ? '' : typeof value === 'number' ? String(value) : quote(value));

// A text that a spreadsheet would take for a formula gets an apostrophe.
function quote(text) {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : String(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
