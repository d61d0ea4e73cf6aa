// Health of the instruments, their last trouble in words, and a probe that changes nothing.
import { h, replace, scrolling } from '../dom.js';
import { post } from '../api.js';
import { lab, onChange } from '../live.js';
import { mayAct } from '../session.js';
import { volts, amperes, counted, duration } from '../format.js';

export const devices = { title: 'Devices', open };

function open(body, route) {
  const wanted = route.parts[0] ?? null;
  const place = h('div', { class: 'devices' });
  const cards = new Map();
  replace(body, h('h1', {}, 'Devices'), place);
  draw();
  return onChange(draw);

  function draw() {
    for (const [id, card] of cards) {
      if (!lab.devices.has(id)) { card.element.remove(); cards.delete(id); }
    }
    for (const device of lab.devices.values()) {
      if (!cards.has(device.id)) {
        const card = makeCard();
        cards.set(device.id, card);
        place.append(card.element);
        if (device.id === wanted) card.element.scrollIntoView();
      }
      cards.get(device.id).update(device);
    }
    if (cards.size === 0) replace(place, h('p', { class: 'quiet' }, 'No device is configured, or the service has not answered yet.'));
  }
}

function makeCard() {
  const head = h('div');
  const result = h('div', { 'aria-live': 'polite' });
  const channels = h('tbody');
  const details = h('details', {}, h('summary', {}, 'Channels'), scrolling('Channels of the device', {}, h('table', {}, h('thead', {}, h('tr', {}, ['Channel', 'State', 'Voltage', 'Current', 'Instrument says'].map((text) => h('th', { scope: 'col' }, text)))), channels)));
  const element = h('section', { class: 'card device' }, head, result, details);
  let key = '';
  return { element, update(device) {
    element.dataset.state = device.state;
    element.setAttribute('aria-label', device.id);
    const next = JSON.stringify([device.state, device.last_error, device.identity, mayAct()]);
    if (next !== key) { key = next; replace(head, heading(device, result)); }
    if (details.open) replace(channels, device.channels.map((entry) => channelRow(lab.channels.get(entry.channel) ?? entry)));
    else details.ontoggle = () => replace(channels, device.channels.map((entry) => channelRow(lab.channels.get(entry.channel) ?? entry)));
  } };
}

function heading(device, result) {
  const identity = [device.identity?.model, device.identity?.serial, device.identity?.firmware].filter(Boolean).join(', ');
  return [
    h('header', {}, h('h2', {}, device.id, ' ', h('span', { class: 'state' }, device.state)),
      mayAct() ? h('button', { type: 'button', onclick: (event) => probe(device, result, event.target) }, 'Probe') : null),
    h('p', { class: 'quiet' }, `driver ${device.driver}${device.simulated ? ', simulated' : ''}${identity ? `; ${identity}` : ''}${device.poll_interval_s ? `; read every ${duration(device.poll_interval_s)}` : ''}`),
    device.last_error ? h('p', { class: 'problem' }, device.state === 'Online' ? `Last trouble: ${device.last_error}` : device.last_error) : null,
  ];
}

const channelRow = (channel) => h('tr', {}, h('td', {}, channel.channel), h('td', {}, channel.state), h('td', { class: 'number' }, volts(channel.voltage_v)), h('td', { class: 'number' }, amperes(channel.current_a)), h('td', {}, channel.state_text));

async function probe(device, result, button) {
  button.disabled = true;
  replace(result, h('p', { class: 'quiet' }, 'Probing …'));
  try {
    const found = await post(`devices/${encodeURIComponent(device.id)}/probe`);
    replace(result, h('p', {}, `It answers: ${[found.identity?.model, found.identity?.firmware].filter(Boolean).join(', ') || 'no identity'}; ${counted(found.channels.length, 'channel')}${found.clock_offset_s === null ? '' : `; its clock is ${found.clock_offset_s.toFixed(3)} s off (± ${found.clock_uncertainty_s === null ? '?' : found.clock_uncertainty_s.toFixed(3)} s, ${found.clock_source})`}.`),
      found.findings.length > 0 ? h('ul', {}, found.findings.map((text) => h('li', {}, text))) : h('p', {}, 'Nothing to complain about.'));
  } catch (error) {
    replace(result, h('p', { class: 'problem' }, [error.message, error.hint].filter(Boolean).join(' ')));
  } finally {
    button.disabled = false;
  }
}
