// Every channel as a tile, in groups, with a search.
import { h, replace } from '../dom.js';
import { lab, onChange } from '../live.js';
import { keep } from '../router.js';
import { makeTile } from './tile.js';
import { factsOf } from './channel-facts.js';

const GROUPS = {
  device: (facts) => facts.device,
  holder: (facts) => facts.pipeline?.holder ?? 'no pipeline',
  state: (facts) => facts.state,
  sample: (facts) => facts.group ?? (facts.sample ? 'no group' : 'no sample'),
};

export const laboratory = { title: 'Laboratory', open };

function open(body, route) {
  const choice = { search: route.parameters.get('search') ?? '', group: route.parameters.get('group') ?? 'device', only: route.parameters.get('only') ?? 'all' };
  const tiles = new Map();
  const shown = h('div', { class: 'groups' });
  const count = h('p', { class: 'quiet', role: 'status' });
  const draw = () => drawTiles(choice, tiles, shown, count);
  const change = (name) => (event) => { choice[name] = event.target.value; keep(choice); draw(); };
  replace(body, h('h1', {}, 'Laboratory'), controls(choice, change), count, shown);
  draw();
  const end = onChange(draw);
  const ticking = setInterval(() => tiles.forEach((tile) => tile.age()), 500);
  return () => { end(); clearInterval(ticking); };
}

function controls(choice, change) {
  return h('form', { class: 'controls', role: 'search', onsubmit: (event) => event.preventDefault() },
    field('Search', h('input', { type: 'search', value: choice.search, placeholder: 'sample, protocol, channel, job', oninput: change('search') })),
    field('Show', select(choice.only, change('only'), { all: 'all channels', busy: 'with a job', free: 'free', alarm: 'with an alarm', stale: 'with old values' })),
    field('Group by', select(choice.group, change('group'), { device: 'device', holder: 'holder', state: 'state', sample: 'group of samples' })));
}

const field = (text, input) => h('label', { class: 'field' }, h('span', {}, text), input);

function select(value, onchange, options) {
  return h('select', { onchange }, Object.entries(options).map(([name, text]) => h('option', { value: name, selected: name === value }, text)));
}

function drawTiles(choice, tiles, shown, count) {
  const all = [...lab.channels.values()].map(factsOf);
  const chosen = all.filter((facts) => matches(facts, choice));
  count.textContent = chosen.length === all.length ? `${all.length} channels` : `${chosen.length} of ${all.length} channels`;
  const groups = Map.groupBy ? Map.groupBy(chosen, GROUPS[choice.group]) : grouped(chosen, GROUPS[choice.group]);
  const names = [...groups.keys()].sort();
  chosen.forEach((facts) => tileOf(tiles, facts).update(facts));
  const key = names.map((name) => `${name}:${groups.get(name).map((facts) => facts.channel.channel)}`).join('|');
  if (shown.dataset.key === key) return; // the tiles stand already; a focus stays
  shown.dataset.key = key;
  replace(shown, names.map((name) => h('section', { 'aria-label': name }, h('h2', {}, name),
    h('div', { class: 'tiles' }, groups.get(name).map((facts) => tiles.get(facts.channel.channel).element)))));
}

function tileOf(tiles, facts) {
  const id = facts.channel.channel;
  if (!tiles.has(id)) tiles.set(id, makeTile());
  return tiles.get(id);
}

function matches(facts, choice) {
  const text = choice.search.trim().toLowerCase();
  const by = { all: true, busy: facts.job !== null, free: facts.job === null, alarm: facts.alarms.length > 0, stale: facts.stale };
  return by[choice.only] !== false && (text === '' || facts.words.includes(text));
}

function grouped(items, of) {
  const groups = new Map();
  items.forEach((item) => groups.set(of(item), [...(groups.get(of(item)) ?? []), item]));
  return groups;
}
