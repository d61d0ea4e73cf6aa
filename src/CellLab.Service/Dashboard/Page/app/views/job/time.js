// Voltage and current against time, from the whole job down to every record, growing while the job runs.
import { h, replace } from '../../dom.js';
import { get } from '../../api.js';
import { reading } from '../../again.js';
import { lab, onChange } from '../../live.js';
import { keep } from '../../router.js';
import { makeTimePlot } from '../../plots/timeplot.js';
import { cardFrame } from '../../plots/card.js';
import { remarkable } from './remarkable.js';

const READ_AGAIN_MS = 10_000;

export const time = { title: 'Voltage and current', open };

function open(body, context) {
  const place = h('div', { class: 'plot' });
  const note = h('p', { class: 'quiet', role: 'status' });
  const card = cardFrame('Voltage and current against time', () => figureOf(state), place);
  const state = { series: null, marks: [], range: rangeOf(context.parameters), context };
  const plot = makeTimePlot(place, { wanted: moved });
  replace(card.controls, plot.controls);
  replace(body, card.element, note);
  let waiting = 0;
  let newest = 0;
  const isLive = () => lab.connection === 'live' && context.current().progress;
  const series = reading(readSeries, (error) => { note.textContent = error.message; });
  const marks = reading(readMarks); // the plot is whole without its marks
  const again = setInterval(() => { if (isLive() && !state.range) series.now(); }, READ_AGAIN_MS);
  const endChange = onChange(addNewest);
  series.now();
  marks.now();
  return () => { clearInterval(again); clearTimeout(waiting); series.end(); marks.end(); endChange(); plot.end(); };

  function moved(range) {
    state.range = range;
    keep({ from: range?.[0].toFixed(1), to: range?.[1].toFixed(1) });
    clearTimeout(waiting);
    waiting = setTimeout(series.now, 120);
  }

  async function readSeries() {
    const width = Math.max(300, Math.min(2000, Math.round(place.clientWidth * 1.2)));
    const around = state.range ? margin(state.range) : null;
    const from = around ? `&from=${around[0]}&to=${around[1]}` : '';
    state.series = await get(`jobs/${context.id}/series?points=${around ? width * 2 : width}${from}`);
    newest = state.series.test_time_s.at(-1) ?? 0;
    plot.show(state.series, state.marks, state.range);
    card.ready(state.series.test_time_s.length > 0);
    note.textContent = told(state.series);
  }

  async function readMarks() {
    state.marks = await remarkable(context);
    if (state.series) plot.show(state.series, state.marks, state.range);
  }

  // What the instrument has just said, until the next reading of the whole.
  function addNewest() {
    const progress = context.current().progress;
    if (!state.series || state.range || !progress || progress.test_time_s <= newest || lab.connection !== 'live') return;
    newest = progress.test_time_s;
    state.series.test_time_s.push(progress.test_time_s);
    state.series.voltage_v.push(progress.voltage_v);
    state.series.current_a.push(progress.current_a);
    plot.show(state.series, state.marks, null);
  }
}

const rangeOf = (parameters) => (parameters.has('from') && parameters.has('to') ? [Number(parameters.get('from')), Number(parameters.get('to'))] : null);

// Half a screen on either side, so that moving shows something at once.
const margin = ([from, to]) => [from - (to - from) / 2, to + (to - from) / 2];

function told(series) {
  if (series.test_time_s.length === 0) return 'No record yet.';
  const gaps = series.gaps.length > 0 ? ` ${series.gaps.length} time${series.gaps.length > 1 ? 's' : ''} without records.` : '';
  return (series.full_resolution ? `All ${series.records} records.` : `${series.records} records, drawn by lowest and highest values in ${Math.round(series.test_time_s.length / 2)} parts; zoom in for every record.`) + gaps;
}

function figureOf(state) {
  const job = state.context.current();
  const hours = state.series.test_time_s.map((seconds) => seconds / 3600);
  return {
    title: `${job.sample.name} ${job.job.slice(0, 8)} voltage and current`, x: { label: 'test time / h' }, y: [{ label: 'voltage / V' }, { label: 'current / mA' }],
    series: [
      { name: 'voltage', x: hours, y: state.series.voltage_v, axis: 0 },
      { name: 'current', x: hours, y: state.series.current_a.map((value) => (value === null ? null : value * 1e3)), axis: 1 },
    ],
    marks: state.marks.map((mark) => ({ x: mark.seconds / 3600, text: mark.text })),
  };
}
