// The protocol: chosen of those that lie ready, read from a file, or typed; with its parameters and the check's words beside it.
import { h, replace, setText } from '../../dom.js';
import { get } from '../../api.js';
import { field } from './field.js';

export function protocolPart(changed) {
  const choice = h('select', { name: 'library', onchange: choose });
  const file = h('input', { type: 'file', accept: '.yaml,.yml,.json,.txt,.xml', onchange: readFile });
  const title = h('input', { name: 'protocol_name', value: 'protocol.yaml', maxlength: 100, oninput: changed });
  const text = h('textarea', { name: 'protocol', spellcheck: 'false', rows: 14, oninput: () => { drawParameters(parametersOf(text.value)); changed(); } });
  const losses = h('input', { type: 'checkbox', onchange: changed });
  const remark = h('p', { class: 'quiet' });
  const parameters = h('div', { class: 'field wide parameters' });
  const verdict = h('p', { role: 'status' });
  const findings = h('ul', { class: 'findings' });
  const one = field('Text', text, { wide: true });
  const element = h('fieldset', {}, h('legend', {}, 'Protocol'), field('Ready ones', choice).element, field('From a file', file).element, field('Name', title).element, remark, parameters, one.element,
    h('label', { class: 'check' }, losses, ' take a vendor’s step file although parts of it are lost'), verdict, findings);
  const inputs = new Map();
  let fromFile = '';
  return {
    element, name: () => title.value.trim() || 'protocol.yaml', text: () => text.value, acceptsLosses: () => losses.checked,
    set() {
      const values = Object.fromEntries([...inputs].filter(([, { input, value }]) => input.value.trim() !== value && input.value.trim() !== '').map(([key, { input }]) => [key, input.value.trim()]));
      return Object.keys(values).length > 0 ? values : null;
    },
    clear() { one.clear(); inputs.forEach(({ place }) => place.clear()); },
    refuse(at, words, errors) {
      const parameter = inputs.get(at.replace(/^set\./, ''));
      if (parameter) { parameter.place.refuse(words); return true; }
      if (at !== 'text' && at !== 'protocol' && at !== 'name') return false;
      one.refuse(words);
      if (errors.length > 0) drawFindings(errors, []);
      return true;
    },
    showCheck(answer) {
      setText(verdict, answer === null ? '' : answer.valid ? `In order: ${answer.steps.length} steps${answer.warnings.length > 0 ? `, ${answer.warnings.length} to look at` : ''}.` : `${answer.errors.length} to correct:`);
      drawFindings(answer?.errors ?? [], answer?.warnings ?? []);
    },
    async load() {
      const { protocols } = await get('protocols');
      replace(choice, h('option', { value: '' }, '– choose –'), protocols.map((entry) => h('option', { value: entry.name }, entry.name)));
    },
  };

  async function choose() {
    if (choice.value === '') return;
    try {
      const chosen = await get(`protocols/${encodeURIComponent(choice.value)}`);
      setText(remark, chosen.remark);
      take(chosen.name, chosen.text);
    } catch (error) { setText(remark, error.message); }
  }

  async function readFile() {
    const [picked] = file.files;
    if (picked) take(picked.name, await picked.text());
  }

  function take(name, content) {
    title.value = name;
    text.value = content;
    fromFile = '';
    drawParameters(parametersOf(content));
    changed();
  }

  function drawParameters(found) {
    const key = JSON.stringify(found);
    if (key === fromFile) return;
    fromFile = key;
    inputs.clear();
    replace(parameters, found.map(([name, value]) => {
      const input = h('input', { value, maxlength: 64, name: `set-${name}`, oninput: changed });
      const place = field(name, input);
      inputs.set(name, { input, value, place });
      return place.element;
    }));
    parameters.hidden = found.length === 0;
  }

  function drawFindings(errors, warnings) {
    const line = (finding, kind) => h('li', { class: kind }, finding.line > 0 ? h('button', { type: 'button', onclick: () => goTo(finding.line) }, `line ${finding.line}`) : null, ` ${finding.message}`, finding.hint ? h('em', {}, ` – ${finding.hint}`) : null);
    replace(findings, errors.map((finding) => line(finding, 'error')), warnings.map((finding) => line(finding, 'warning')));
  }

  function goTo(line) {
    const begin = text.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(begin, begin + (text.value.split('\n')[line - 1] ?? '').length);
  }
}

// The block 'parameters:' of CellLab's own form: names with their defaults. Other forms have none.
export function parametersOf(content) {
  const lines = content.split(/\r?\n/);
  const begin = lines.findIndex((line) => /^parameters:\s*(#.*)?$/.test(line));
  if (begin < 0) return [];
  const found = [];
  for (const line of lines.slice(begin + 1)) {
    const match = /^\s+([A-Za-z]\w*)\s*:\s*(.+?)\s*(#.*)?$/.exec(line);
    if (match) found.push([match[1], match[2].replace(/^(['"])(.*)\1$/, '$2')]);
    else if (/^\S/.test(line)) break;
  }
  return found;
}
