// Voltage against capacity: one cycle in front, earlier ones behind it.
import { get } from '../../api.js';
import { cyclePlot } from './cycle-plot.js';

const BEHIND = 14;

export const curves = { title: 'Voltage / capacity', open };

function open(body, context) {
  const running = (job) => job.progress?.cycle ?? 0;
  return cyclePlot(body, context, {
    title: 'Voltage against capacity',
    none: 'No cycle yet.',
    running,
    newest: async () => Math.max(running(context.current()), (await get(`jobs/${context.id}/cycles`)).cycles.at(-1)?.cycle ?? 0),
    figure: async (front) => {
      const answer = await get(`jobs/${context.id}/curves?cycles=${behind(front).join(',')}&points=160`);
      return answer.curves.length === 0 ? `Cycle ${front} has no current yet.` : figureOf(answer.curves, front, context.current());
    },
  });
}

// The cycle in front and up to fourteen before it, evenly spread, the first one among them.
function behind(front) {
  const count = Math.min(BEHIND, front - 1);
  const earlier = Array.from({ length: count }, (_, index) => Math.round(1 + (index * (front - 1)) / Math.max(1, count)));
  return [...new Set([...earlier, front])];
}

function figureOf(all, front, job) {
  const weak = (curve) => curve.cycle !== front;
  const ordered = [...all.filter(weak), ...all.filter((curve) => !weak(curve))];
  return {
    title: `${job.sample.name} ${job.job.slice(0, 8)} voltage against capacity, cycle ${front}`, x: { label: 'capacity / mAh g⁻¹' }, y: [{ label: 'voltage / V' }],
    series: ordered.map((curve) => ({
      name: `cycle ${curve.cycle} ${curve.direction}`, x: curve.capacity_mah_g, y: curve.voltage_v, weak: weak(curve), colour: curve.direction === 'charge' ? 1 : 0,
    })),
  };
}
