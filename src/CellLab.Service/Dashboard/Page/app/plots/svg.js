// Draws a figure as SVG, on the page and for files alike. A figure is
// { title, x: { label, range? }, y: [{ label, range? }, second axis], series: [{ name, x, y, axis, colour, style: 'line' | 'dots' | 'both', weak }],
//   marks: [{ x, text }], image: { href, x: [from, to], y: [from, to] } }.
import { s } from '../dom.js';
import { ticks, tickText, range } from './ticks.js';
import { seriesColour } from './theme.js';

const FONT = 'system-ui, "DejaVu Sans", sans-serif';

// A figure of several panels ({ title, panels: [figures] }) has them one below the other.
export function drawSvg(figure, width, height, theme) {
  if (figure.panels) return stacked(figure, width, height, theme);
  const frame = layout(figure, width, height);
  const root = s('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': figure.title, 'font-family': FONT, 'font-size': 12 });
  root.append(s('rect', { width, height, fill: theme.surface }));
  if (figure.image) root.append(image(figure.image, frame));
  root.append(...xAxis(figure.x, frame, theme), ...figure.y.flatMap((axis, index) => yAxis(axis, index, frame, theme)));
  root.append(...(figure.marks ?? []).map((mark) => markLine(mark, frame, theme)));
  const inside = s('g', { 'clip-path': `url(#${frame.id})` });
  root.append(s('clipPath', { id: frame.id }, s('rect', { x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top })), inside);
  figure.series.forEach((series, index) => inside.append(...drawSeries(series, index, frame, theme)));
  root.append(...legend(figure.series, frame, theme));
  return root;
}

function stacked(figure, width, height, theme) {
  const root = s('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': figure.title });
  const each = height / figure.panels.length;
  figure.panels.forEach((panel, index) => {
    const part = drawSvg(panel, width, each, theme);
    part.setAttribute('y', index * each);
    root.append(part);
  });
  return root;
}

let clips = 0;

function layout(figure, width, height) {
  const second = figure.y.length > 1;
  const named = figure.series.filter((series) => series.name && !series.weak).length;
  const frame = { left: 62, right: width - (second ? 62 : 16), top: named > 1 ? 30 : 14, bottom: height - 44, width, id: `clip-${clips++}` };
  const own = (axis) => figure.series.filter((series) => (series.axis ?? 0) === axis);
  frame.xRange = figure.x.range ?? range(figure.series.map((series) => series.x), 0.02);
  frame.yRanges = figure.y.map((axis, index) => axis.range ?? range(own(index).map((series) => series.y)));
  frame.x = (value) => frame.left + ((value - frame.xRange[0]) / (frame.xRange[1] - frame.xRange[0])) * (frame.right - frame.left);
  frame.y = (value, axis) => frame.bottom - ((value - frame.yRanges[axis][0]) / (frame.yRanges[axis][1] - frame.yRanges[axis][0])) * (frame.bottom - frame.top);
  return frame;
}

function xAxis(axis, frame, theme) {
  const found = ticks(...frame.xRange, Math.max(3, Math.floor((frame.right - frame.left) / 75)));
  const places = axis.whole ? found.filter((value) => Math.abs(value - Math.round(value)) < 1e-9) : found;
  return [
    ...places.map((value) => s('line', { x1: frame.x(value), x2: frame.x(value), y1: frame.top, y2: frame.bottom, stroke: theme.line, 'stroke-width': 0.6 })),
    ...places.map((value) => s('text', { x: frame.x(value), y: frame.bottom + 16, 'text-anchor': 'middle', fill: theme.text }, tickText(value, places))),
    s('text', { x: (frame.left + frame.right) / 2, y: frame.bottom + 36, 'text-anchor': 'middle', fill: theme.quiet }, axis.label),
    s('rect', { x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top, fill: 'none', stroke: theme.quiet, 'stroke-width': 1 }),
  ];
}

function yAxis(axis, index, frame, theme) {
  const places = ticks(...frame.yRanges[index], Math.max(2, Math.floor((frame.bottom - frame.top) / 45)));
  const x = index === 0 ? frame.left - 6 : frame.right + 6;
  const middle = (frame.top + frame.bottom) / 2;
  const labelX = index === 0 ? 14 : frame.width - 8;
  return [
    ...(index === 0 ? places.map((value) => s('line', { x1: frame.left, x2: frame.right, y1: frame.y(value, 0), y2: frame.y(value, 0), stroke: theme.line, 'stroke-width': 0.6 })) : []),
    ...places.map((value) => s('text', { x, y: frame.y(value, index) + 4, 'text-anchor': index === 0 ? 'end' : 'start', fill: theme.text }, tickText(value, places))),
    s('text', { x: labelX, y: middle, transform: `rotate(-90 ${labelX} ${middle})`, 'text-anchor': 'middle', fill: theme.quiet }, axis.label),
  ];
}

function drawSeries(series, index, frame, theme) {
  const colour = series.weak ? theme.quiet : seriesColour(theme, series.colour ?? index);
  const axis = series.axis ?? 0;
  const parts = [];
  if (series.style !== 'dots') parts.push(s('path', { d: path(series, frame, axis), fill: 'none', stroke: colour, 'stroke-width': series.weak ? 0.8 : 1.8, 'stroke-opacity': series.weak ? 0.45 : 1, 'stroke-linejoin': 'round' }));
  if (series.style === 'dots' || series.style === 'both') {
    series.x.forEach((x, point) => {
      if (series.y[point] !== null && Number.isFinite(series.y[point])) parts.push(s('circle', { cx: frame.x(x).toFixed(1), cy: frame.y(series.y[point], axis).toFixed(1), r: series.x.length > 150 ? 1.6 : 2.6, fill: colour }));
    });
  }
  return parts;
}

// A missing value lifts the pen.
function path(series, frame, axis) {
  let text = '';
  let down = false;
  for (let point = 0; point < series.x.length; point++) {
    const value = series.y[point];
    if (value === null || !Number.isFinite(value)) {
      down = false;
      continue;
    }
    text += `${down ? 'L' : 'M'}${frame.x(series.x[point]).toFixed(1)} ${frame.y(value, axis).toFixed(1)}`;
    down = true;
  }
  return text;
}

const markLine = (mark, frame, theme) =>
  s('line', { x1: frame.x(mark.x), x2: frame.x(mark.x), y1: frame.top, y2: frame.bottom, stroke: theme.warn, 'stroke-dasharray': '3 3' }, s('title', {}, mark.text));

const image = (picture, frame) => s('image', {
  href: picture.href, preserveAspectRatio: 'none', x: frame.x(picture.x[0]), y: frame.y(picture.y[1], 0), 'image-rendering': 'pixelated',
  width: frame.x(picture.x[1]) - frame.x(picture.x[0]), height: frame.y(picture.y[0], 0) - frame.y(picture.y[1], 0),
});

function legend(all, frame, theme) {
  const named = all.map((series, index) => ({ series, index })).filter(({ series }) => series.name && !series.weak);
  if (named.length < 2) return [];
  let x = frame.left;
  return named.flatMap(({ series, index }) => {
    const at = x;
    x += 30 + series.name.length * 6.8;
    if (at > frame.right - 40) return [];
    const colour = seriesColour(theme, series.colour ?? index);
    return [s('line', { x1: at, x2: at + 16, y1: 16, y2: 16, stroke: colour, 'stroke-width': 3 }), s('text', { x: at + 21, y: 20, fill: theme.text }, series.name)];
  });
}
