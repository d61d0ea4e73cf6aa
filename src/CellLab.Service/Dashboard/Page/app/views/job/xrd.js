// Diffraction patterns as a map: angle against the state of the cell, and the voltage beside it.
import { h, replace } from '../../dom.js';
import { get } from '../../api.js';
import { onChange } from '../../live.js';
import { plotCard } from '../../plots/card.js';
import { mapImage } from '../../plots/map.js';

export const xrd = { title: 'XRD', open };

function open(body, context) {
  const card = plotCard('Patterns against state', 460);
  const position = plotCard('(003) against voltage', 300);
  const root = h('input', { type: 'checkbox', checked: true, onchange: () => show() });
  replace(card.controls, h('label', { class: 'check' }, root, ' square root of counts (weak lines show)'));
  replace(body, card.element, position.element);
  let map = null;
  let seen = null;
  const read = async () => {
    try {
      map = await get(`jobs/${context.id}/patterns?points=600`);
      show();
      showPositions((await get(`jobs/${context.id}/analysis/xrd`)).results.map((entry) => entry.result));
    } catch (error) { card.say(error.message); }
  };
  const follow = () => {
    const count = context.current().stream_counts?.xrd?.analysed ?? 0;
    if (count !== seen) { seen = count; read(); }
  };
  follow();
  const end = onChange(follow);
  return () => { end(); card.end(); position.end(); };

  function show() {
    const patterns = (map?.patterns ?? []).filter((pattern) => pattern.counts);
    if (patterns.length === 0) { card.say('No pattern with a readable file yet.'); return; }
    const job = context.current();
    const hours = patterns.map((pattern) => pattern.test_time_s / 3600);
    const voltage = patterns.map((pattern) => pattern.voltage_v);
    const half = patterns.length > 1 ? (hours.at(-1) - hours[0]) / (patterns.length - 1) / 2 : 0.5;
    const ends = [hours[0] - half, hours.at(-1) + half];
    card.show({
      title: `${job.sample.name} ${job.job.slice(0, 8)} patterns`, x: { label: 'test time / h', range: ends },
      y: [{ label: 'angle / ° 2θ', range: [map.from_deg, map.to_deg] }, { label: 'voltage / V' }],
      image: { href: mapImage(patterns, hours, ends, root.checked), x: ends, y: [map.from_deg, map.to_deg] },
      series: [{ name: 'voltage', x: hours, y: voltage, axis: 1, style: 'both', colour: 1 }],
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

function mapCsv(map, patterns) {
  const width = (map.to_deg - map.from_deg) / map.points;
  const lines = [['angle / deg', ...patterns.map((pattern) => `pattern ${pattern.pattern} at ${pattern.voltage_v} V`)].join(',')];
  for (let part = 0; part < map.points; part++) lines.push([(map.from_deg + (part + 0.5) * width).toFixed(4), ...patterns.map((pattern) => pattern.counts[part] ?? '')].join(','));
  return `${lines.join('\r\n')}\r\n`;
}
