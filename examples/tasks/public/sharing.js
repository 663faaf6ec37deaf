// With whom a project is shared. People are named by their code, which nobody can guess and only they can tell.

import * as api from './api.js';
import { attempt } from './app.js';
import { element, field, form } from './element.js';

export function sharing(project, { mine, reload }) {
  const act = (action, done) => attempt(async () => {
    await action();
    await reload();
  }, done);
  const add = ({ name, code, edits }) => act(() => api.create('members', {
    project_id: project.id, user_id: code.trim(), name, may_edit: edits === 'on',
  }), 'Shared');
  const end = (member) => act(() => api.remove(`members?project_id=eq.${project.id}&user_id=eq.${member.user_id}`), 'No longer shared');
  return element('div', { className: 'part' },
    element('h3', { text: 'Shared with' }),
    project.members.length === 0 && element('p', { text: 'Nobody.' }),
    element('ul', {}, project.members.map((member) => element('li', {},
      element('span', { text: `${member.name} (${member.may_edit ? 'may edit' : 'may read'})` }),
      (mine || member.user_id === api.user().id) && element('button', {
        className: 'danger small', text: mine ? 'Remove' : 'Leave', 'aria-label': mine ? `Remove ${member.name}` : 'Leave this project', onclick: () => end(member),
      })))),
    mine && form({ id: 'new-member' }, add,
      field('Name', { id: 'member-name', name: 'name', type: 'text', required: true, maxLength: 80, placeholder: 'Bob' }),
      field('Their code', { id: 'member-code', name: 'code', type: 'text', required: true, pattern: '\\s*[0-9a-fA-F\\-]{36}\\s*', placeholder: '00000000-0000-0000-0000-000000000000' }),
      element('label', { className: 'check' }, element('input', { type: 'checkbox', name: 'edits' }), 'may edit'),
      element('div', {}, element('button', { type: 'submit', text: 'Share' }))),
    element('p', { text: 'Your own code, for others to share with you: ' }, element('code', { text: api.user().id })));
}
