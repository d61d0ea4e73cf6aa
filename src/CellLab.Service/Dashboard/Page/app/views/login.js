// For a service that knows its users.
import { h, replace } from '../dom.js';
import { login as enter } from '../session.js';

export const login = { title: 'Log in', open };

function open(body) {
  const name = h('input', { id: 'user', name: 'username', autocomplete: 'username', required: true, maxlength: 64 });
  const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: 200 });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const button = h('button', { class: 'main', type: 'submit' }, 'Log in');
  const form = h('form', { class: 'login', onsubmit: submit },
    h('label', { class: 'field', for: 'user' }, h('span', {}, 'Name'), name),
    h('label', { class: 'field', for: 'password' }, h('span', {}, 'Password'), password), button, problem);
  replace(body, h('h1', {}, 'Log in'), form);
  name.focus();

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = '';
    try {
      await enter(name.value, password.value); // the frame opens the view that the address names
      if (location.hash.startsWith('#/login')) location.hash = '#/laboratory';
    } catch (error) {
      problem.textContent = error.message;
      password.value = '';
      button.disabled = false;
      password.focus();
    }
  }
}
