// Capacity, coulombic efficiency and mean voltage against cycle.
import { replace } from '../../dom.js';
import { get } from '../../api.js';
import { reading } from '../../again.js';
import { onChange } from '../../live.js';
import { plotCard } from '../../plots/card.js';

export const cycles = { title: 'Cycles', open };

function open(body, context) {
  const cards = [plotCard('Capacity against cycle', 320), plotCard('Coulombic efficiency against cycle', 260), plotCard('Mean voltage against cycle', 260)];
  replace(body, cards.map((card) => card.element));
  let seen = null;
  const table = reading(async () => {
    const { cycles: all } = await get(`jobs/${context.id}/cycles`);
    show(cards, all.filter((cycle) => cycle.complete), context.current());
  }, (error) => cards.forEach((card) => card.say(error.message)));
  const follow = () => {
    const now = `${context.current().progress?.cycle} ${context.current().state} ${context.current().counts.analysed === context.current().counts.stored}`;
    if (now !== seen) { seen = now; table.now(); }
  };
  follow();
  const end = onChange(follow);
  return () => { end(); table.end(); cards.forEach((card) => card.end()); };
}

function show([capacity, efficiency, voltage], all, job) {
  if (all.length === 0) {
    [capacity, efficiency, voltage].forEach((card) => card.say('No complete cycle yet.'));
    return;
  }
  const name = `${job.sample.name} ${job.job.slice(0, 8)}`;
  const x = all.map((cycle) => cycle.cycle);
  const column = (key) => all.map((cycle) => cycle[key] ?? null);
  const style = all.length > 60 ? 'dots' : 'both';
  const axis = { label: 'cycle', whole: true };
  capacity.show({ title: `${name} capacity`, x: axis, y: [{ label: 'capacity / mAh g⁻¹' }], series: [{ name: 'discharge', x, y: column('discharge_mah_g'), style }, { name: 'charge', x, y: column('charge_mah_g'), style }] });
  efficiency.show({ title: `${name} coulombic efficiency`, x: axis, y: [{ label: 'coulombic efficiency / %' }], series: [{ name: 'coulombic efficiency', x, y: column('coulombic_efficiency_percent'), style, colour: 2 }] });
  voltage.show({ title: `${name} mean voltage`, x: axis, y: [{ label: 'mean voltage / V' }], series: [{ name: 'discharge', x, y: column('mean_discharge_voltage_v'), style }, { name: 'charge', x, y: column('mean_charge_voltage_v'), style }] });
}
