// dQ/dV of one cycle, with a slider over all of them.
import { replace } from '../../dom.js';
import { get } from '../../api.js';
import { onChange } from '../../live.js';
import { keep } from '../../router.js';
import { plotCard } from '../../plots/card.js';
import { cycleSlider } from './slider.js';

export const dqdv = { title: 'dQ/dV', open };

function open(body, context) {
  const card = plotCard('dQ/dV', 420);
  const slider = cycleSlider({ chosen: Number(context.parameters.get('cycle')) || null, change: (cycle) => { keep({ cycle }); read(); } });
  replace(card.controls, slider.element);
  replace(body, card.element);
  const known = new Map();
  let last = 0;
  let asked = 0;
  const follow = async () => {
    const closed = (context.current().progress?.cycle ?? 0) - 1;
    if (closed > last) { last = closed; slider.setLast(closed); if (slider.isNewest()) read(); }
  };
  begin();
  const end = onChange(follow);
  return () => { end(); card.end(); };

  async function begin() {
    try {
      const { cycles } = await get(`jobs/${context.id}/cycles`);
      last = cycles.filter((cycle) => cycle.complete).at(-1)?.cycle ?? 0;
      if (last === 0) { card.say('No complete cycle yet.'); return; }
      slider.setLast(last);
      read();
    } catch (error) { card.say(error.message); }
  }

  async function read() {
    const mine = ++asked;
    const cycle = slider.value();
    try {
      if (!known.has(cycle)) {
        const { results } = await get(`jobs/${context.id}/analysis/dqdv?item=${cycle}`);
        if (results.length > 0) known.set(cycle, results[0].result);
      }
      if (mine !== asked) return;
      if (!known.has(cycle)) card.say(`Cycle ${cycle} has not been analysed yet.`);
      else card.show(figureOf(known.get(cycle), cycle, context.current()));
    } catch (error) { if (mine === asked) card.say(error.message); }
  }
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
