// dQ/dV of one cycle, with a slider over all of them.
import { get } from '../../api.js';
import { cyclePlot } from './cycle-plot.js';

export const dqdv = { title: 'dQ/dV', open };

function open(body, context) {
  const known = new Map();
  return cyclePlot(body, context, {
    title: 'dQ/dV',
    none: 'No complete cycle yet.',
    running: (job) => (job.progress?.cycle ?? 0) - 1,
    newest: async () => (await get(`jobs/${context.id}/cycles`)).cycles.filter((cycle) => cycle.complete).at(-1)?.cycle ?? 0,
    figure: async (cycle) => {
      if (!known.has(cycle)) {
        const { results } = await get(`jobs/${context.id}/analysis/dqdv?item=${cycle}`);
        if (results.length > 0) known.set(cycle, results[0].result);
      }
      return known.has(cycle) ? figureOf(known.get(cycle), cycle, context.current()) : `Cycle ${cycle} has not been analysed yet.`;
    },
  });
}

function figureOf(result, cycle, job) {
  const half = (name, sign, colour) => {
    const curve = result[name]?.curve;
    return curve ? [{ name, x: curve.mah_per_v.map((_, bin) => curve.first_v + bin * curve.step_v), y: curve.mah_per_v.map((value) => (value === null ? null : sign * value)), colour }] : [];
  };
  return {
    title: `${job.sample.name} ${job.job.slice(0, 8)} dQ/dV, cycle ${cycle}`, x: { label: 'voltage / V' }, y: [{ label: 'dQ/dV / mAh V⁻¹' }],
    series: [...half('charge', 1, 1), ...half('discharge', -1, 0)],
  };
}
