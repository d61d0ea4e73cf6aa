// uPlot with two scales, zoom by dragging, wheel and buttons, and marks on the time axis. Asks for data whenever the visible range changes.
import uPlot from '../../vendor/uplot/uPlot.esm.js';
import { h, replace } from '../dom.js';
import { pageTheme, onTheme } from './theme.js';
import { fixed } from '../format.js';

const HEIGHT = 380;
const LOW_HEIGHT = 280;

// wanted(range) is told the visible seconds, or null for everything.
export function makeTimePlot(place, { wanted }) {
  let plot = null;
  let shown = null;
  let quiet = false;
  let answered = null;
  let answers = 0;
  const watching = new ResizeObserver(() => { if (plot) plot.setSize(size(place)); });
  watching.observe(place);
  const endTheme = onTheme(() => { if (shown) { make(); } });
  const controls = makeControls((range) => move(range), () => [plot.scales.x.min * 3600, plot.scales.x.max * 3600], () => shown);
  return { controls, show, end() { watching.disconnect(); endTheme(); plot?.destroy(); } };

  function show(series, marks, range) {
    shown = { series, marks, range, data: columns(series) };
    if (!plot) make();
    else quietly(() => { plot.setData(shown.data, false); plot.setScale('x', extent(shown)); });
    if (series !== answered) plot.root.dataset.drawn = String(++answers); // how many answers have been drawn
    answered = series;
  }

  function make() {
    plot?.destroy();
    replace(place);
    plot = new uPlot(options(pageTheme(), size(place), () => shown, ranged), shown.data, place);
    quietly(() => plot.setScale('x', extent(shown)));
    plot.over.addEventListener('wheel', wheel, { passive: false });
  }

  function ranged(from, to) {
    if (quiet || !shown) return;
    const whole = wholeOf(shown.series);
    const all = from <= whole[0] + 1e-6 && to >= whole[1] - 1e-6 && !shown.range;
    if (!all) { shown.range = [from, to]; wanted(shown.range); }
  }

  function move(range) {
    shown.range = range;
    quietly(() => plot.setScale('x', extent(shown)));
    wanted(range);
  }

  function wheel(event) {
    event.preventDefault();
    const [from, to] = [plot.scales.x.min, plot.scales.x.max];
    const at = plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, 'x');
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const step = ((to - from) / 10) * Math.sign(event.deltaX || event.deltaY);
      move([(from + step) * 3600, (to + step) * 3600]);
      return;
    }
    const factor = event.deltaY < 0 ? 0.75 : 1 / 0.75;
    move([(at - (at - from) * factor) * 3600, (at + (to - at) * factor) * 3600]);
  }

  function quietly(act) {
    quiet = true;
    try { plot.batch(act); } finally { quiet = false; }
  }
}

function makeControls(move, visible, shown) {
  const button = (text, label, next) => h('button', { type: 'button', 'aria-label': label, title: label, onclick: () => { if (shown()) move(next(visible())); } }, text);
  return h('div', { class: 'plot-controls', role: 'group', 'aria-label': 'Range of time' },
    button('◀', 'Earlier', ([from, to]) => [from - (to - from) / 2, to - (to - from) / 2]),
    button('+', 'Closer', ([from, to]) => [from + (to - from) / 4, to - (to - from) / 4]),
    button('−', 'Further away', ([from, to]) => [from - (to - from) / 2, to + (to - from) / 2]),
    button('▶', 'Later', ([from, to]) => [from + (to - from) / 2, to + (to - from) / 2]),
    button('All', 'All of the job', () => null),
    h('span', { class: 'quiet wide-only' }, 'Drag to zoom; wheel: closer and further; Shift and wheel: earlier and later.'));
}

const columns = (series) => [series.test_time_s.map((seconds) => seconds / 3600), series.voltage_v, series.current_a.map((value) => (value === null ? null : value * 1e3))];

const EMPTY_SECONDS = [0, 3600];

const wholeOf = ({ test_time_s: times }) => (times.length === 0 ? EMPTY_SECONDS : [times[0], Math.max(times.at(-1), times[0] + 1)]);

// As many digits as neighbours need to differ.
const labels = (_, places) => places.map((value) => String(Number(value.toPrecision(6))));

function extent({ series, range }) {
  const [from, to] = range ?? wholeOf(series);
  return { min: from / 3600, max: to / 3600 };
}

const size = (place) => ({ width: Math.max(280, place.clientWidth), height: place.clientWidth < 500 ? LOW_HEIGHT : HEIGHT });

function options(theme, { width, height }, shown, ranged) {
  const axis = { values: labels, stroke: theme.quiet, grid: { stroke: theme.line, width: 0.6 }, ticks: { stroke: theme.line, width: 0.6 } };
  return {
    width, height,
    scales: { x: { time: false }, v: { range: (_, low, high) => spread(low, high, 0.02) }, i: { range: (_, low, high) => spread(Math.min(0, low), Math.max(0, high), 0.001) } },
    axes: [
      { ...axis, label: 'test time / h' },
      { ...axis, scale: 'v', label: 'voltage / V', stroke: theme['series-1'], size: 56 },
      { ...axis, scale: 'i', side: 1, label: 'current / mA', stroke: theme['series-2'], grid: { show: false }, size: 60 },
    ],
    series: [
      { label: 'h', value: (_, value) => fixed(value, 4) },
      { label: 'V', scale: 'v', stroke: theme['series-1'], width: 1.4, points: { show: false }, value: (_, value) => fixed(value, 4) },
      { label: 'mA', scale: 'i', stroke: theme['series-2'], width: 1.2, points: { show: false }, value: (_, value) => fixed(value, 4) },
    ],
    cursor: { drag: { x: true, y: false } },
    hooks: {
      setScale: [(plot, key) => { if (key === 'x') ranged(plot.scales.x.min * 3600, plot.scales.x.max * 3600); }],
      draw: [(plot) => drawMarks(plot, shown(), theme)],
    },
  };
}

// A little room above and below, and never so little that the noise of a constant value fills the plot.
function spread(low, high, least) {
  if (low === null) return [0, 1];
  const room = Math.max((high - low) * 0.06, least);
  return [low - room, high + room];
}

// Times without records as bands, events as dashed lines.
function drawMarks(plot, shown, theme) {
  const { ctx: pen, bbox } = plot;
  const x = (seconds) => plot.valToPos(seconds / 3600, 'x', true);
  pen.save();
  pen.beginPath();
  pen.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  pen.clip();
  pen.fillStyle = theme.warn;
  pen.globalAlpha = 0.18;
  shown.series.gaps.forEach(([from, to]) => pen.fillRect(x(from), bbox.top, Math.max(2, x(to) - x(from)), bbox.height));
  pen.globalAlpha = 0.8;
  pen.strokeStyle = theme.warn;
  pen.setLineDash([4, 4]);
  shown.marks.forEach((mark) => { pen.beginPath(); pen.moveTo(x(mark.seconds), bbox.top); pen.lineTo(x(mark.seconds), bbox.top + bbox.height); pen.stroke(); });
  pen.restore();
}
