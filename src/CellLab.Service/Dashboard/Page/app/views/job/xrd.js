// Diffraction patterns as a map: angle against the state of the cell, and the voltage beside it.
import { h, replace } from '../../dom.js';
import { get } from '../../api.js';
import { reading } from '../../again.js';
import { onChange } from '../../live.js';
import { keep } from '../../router.js';
import { plotCard } from '../../plots/card.js';
import { mapImage } from '../../plots/map.js';

// Charge that has passed since the first pattern, in both directions: the state of the cell along its way, so that charge and discharge do not lie on each other.
const AXES = {
  charge: { name: 'charge passed', label: 'charge passed since the first pattern / mAh g⁻¹', width: 1, of: (pattern) => pattern.total_mah_g ?? null, places: passed },
  time: { name: 'test time', label: 'test time / h', width: 0.5, of: (pattern) => pattern.test_time_s / 3600, places: (hours) => hours },
};

export const xrd = { title: 'XRD', open };

function open(body, context) {
  const card = plotCard('Patterns against state', 460);
  const position = plotCard('(003) against voltage', 300);
  const root = h('input', { type: 'checkbox', checked: true, onchange: () => show() });
  const along = h('select', { onchange: () => { keep({ along: along.value }); show(); } }, ...Object.entries(AXES).map(([key, axis]) => h('option', { value: key }, axis.name)));
  along.value = AXES[context.parameters.get('along')] ? context.parameters.get('along') : 'charge';
  replace(card.controls, h('label', {}, 'along ', along), h('label', { class: 'check' }, root, ' square root of counts (weak lines show)'));
  replace(body, card.element, position.element);
  let map = null;
  let seen = null;
  const patterns = reading(async () => {
    map = await get(`jobs/${context.id}/patterns?points=600`);
    show();
    showPositions((await get(`jobs/${context.id}/analysis/xrd`)).results.map((entry) => entry.result));
  }, (error) => card.say(error.message));
  const follow = () => {
    const count = context.current().stream_counts?.xrd?.analysed ?? 0;
    if (count !== seen) { seen = count; patterns.now(); }
  };
  follow();
  const end = onChange(follow);
  return () => { end(); patterns.end(); card.end(); position.end(); };

  function show() {
    const axis = AXES[along.value];
    const patterns = (map?.patterns ?? []).filter((pattern) => pattern.counts && axis.of(pattern) !== null);
    if (patterns.length === 0) { card.say('No pattern with a readable file and a known state yet.'); return; }
    const job = context.current();
    const places = axis.places(patterns.map(axis.of));
    const span = places.at(-1) - places[0];
    const half = span > 0 ? span / (patterns.length - 1) / 2 : axis.width;
    const ends = [places[0] - half, places.at(-1) + half];
    card.show({
      title: `${job.sample.name} ${job.job.slice(0, 8)} patterns`, x: { label: axis.label, range: ends },
      y: [{ label: 'angle / ° 2θ', range: [map.from_deg, map.to_deg] }, { label: 'voltage / V' }],
      image: { href: mapImage(patterns, places, ends, root.checked), x: ends, y: [map.from_deg, map.to_deg] },
      series: [{ name: 'voltage', x: places, y: patterns.map((pattern) => pattern.voltage_v), axis: 1, style: 'both', colour: 1 }],
      csv: mapCsv(map, patterns),
    });
  }

  function showPositions(results) {
    const found = results.filter((result) => result.xrd?.peaks?.['003'] && result.mean);
    if (found.length === 0) { position.say('No (003) reflection fitted yet.'); return; }
    const directions = new Map(map.patterns.map((pattern) => [pattern.pattern, pattern.direction]));
    const of = (direction) => found.filter((result) => directions.get(result.pattern) === direction);
    const series = (direction, colour) => ({ name: direction, x: of(direction).map((result) => result.mean.e_v), y: of(direction).map((result) => result.xrd.peaks['003'].position_deg), style: 'dots', colour });
    position.show({ title: `${context.current().sample.name} ${context.id.slice(0, 8)} 003`, x: { label: 'voltage / V' }, y: [{ label: '(003) / ° 2θ' }], series: [series('charge', 1), series('discharge', 0)] });
  }
}

function passed(totals) {
  let sum = 0;
  return totals.map((total, index) => (sum += index === 0 ? 0 : Math.abs(total - totals[index - 1])));
}

function mapCsv(map, patterns) {
  const width = (map.to_deg - map.from_deg) / map.points;
  const lines = [['angle / deg', ...patterns.map((pattern) => `pattern ${pattern.pattern} at ${pattern.voltage_v} V and ${pattern.total_mah_g} mAh/g`)].join(',')];
  for (let part = 0; part < map.points; part++) lines.push([(map.from_deg + (part + 0.5) * width).toFixed(4), ...patterns.map((pattern) => pattern.counts[part] ?? '')].join(','));
  return `${lines.join('\r\n')}\r\n`;
}
