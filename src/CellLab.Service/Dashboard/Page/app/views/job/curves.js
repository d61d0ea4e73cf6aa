// Voltage against capacity: one cycle in front, earlier ones behind it.
import { h, replace } from '../../dom.js';
import { get } from '../../api.js';
import { onChange } from '../../live.js';
import { keep } from '../../router.js';
import { plotCard } from '../../plots/card.js';
import { cycleSlider } from './slider.js';

const BEHIND = 14;

export const curves = { title: 'Voltage / capacity', open };

function open(body, context) {
  const card = plotCard('Voltage against capacity', 420);
  const slider = cycleSlider({ chosen: Number(context.parameters.get('cycle')) || null, change: (cycle) => { keep({ cycle }); read(); } });
  replace(card.controls, slider.element);
  replace(body, card.element);
  let asked = 0;
  let newest = 0;
  const follow = () => {
    const cycle = context.current().progress?.cycle ?? 0;
    if (cycle > newest) { newest = cycle; slider.setLast(cycle); if (slider.isNewest()) read(); }
  };
  begin();
  const end = onChange(follow);
  return () => { end(); card.end(); };

  async function begin() {
    try {
      const { cycles } = await get(`jobs/${context.id}/cycles`);
      newest = Math.max(context.current().progress?.cycle ?? 0, cycles.at(-1)?.cycle ?? 0);
      if (newest === 0) { card.say('No cycle yet.'); return; }
      slider.setLast(newest);
      read();
    } catch (error) { card.say(error.message); }
  }

  async function read() {
    const mine = ++asked;
    const front = slider.value();
    try {
      const answer = await get(`jobs/${context.id}/curves?cycles=${behind(front).join(',')}&points=160`);
      if (mine !== asked) return;
      if (answer.curves.length === 0) { card.say(`Cycle ${front} has no current yet.`); return; }
      card.show(figureOf(answer.curves, front, context.current()));
    } catch (error) { if (mine === asked) card.say(error.message); }
  }
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
