// One task in the list: done or not, its facts, and its details when they are open.

import * as api from './api.js';
import { attempt } from './app.js';
import { element, form } from './element.js';

export function taskItem(task, { edits, state, reload }) {
  const open = state.open === task.id;
  const toggle = () => attempt(async () => { state.open = open ? null : task.id; });
  const act = (action, done) => attempt(async () => {
    await action();
    await reload();
  }, done);
  return element('li', { className: task.done ? 'task done' : 'task', 'data-task': task.id },
    element('div', { className: 'row' },
      element('label', { className: 'title' },
        element('input', {
          type: 'checkbox',
          id: `done-${task.id}`,
          checked: task.done,
          disabled: !edits,
          onchange: () => act(() => api.change(`tasks?id=eq.${task.id}`, { done: !task.done }), task.done ? 'Task opened again' : 'Task done'),
        }),
        element('span', { text: task.title })),
      element('button', { id: `open-${task.id}`, className: 'text small', text: open ? 'Less' : 'More', 'aria-expanded': String(open), 'aria-label': `${open ? 'Less' : 'More'} about ${task.title}`, onclick: toggle }),
      edits && element('button', { className: 'danger small', text: 'Delete', 'aria-label': `Delete ${task.title}`, onclick: () => act(() => api.remove(`tasks?id=eq.${task.id}`), 'Task deleted') })),
    facts(task),
    open && details(task, { edits, state, act }));
}

function facts(task) {
  const today = new Date().toISOString().slice(0, 10);
  const late = task.due && !task.done && task.due < today;
  if (!task.due && task.tags.length === 0) return null;
  return element('p', { className: 'facts' },
    task.due && element('span', { className: late ? 'late' : '', text: late ? `was due ${task.due}` : `due ${task.due}` }),
    task.tags.map((tag) => element('span', { className: 'chip', text: tag.name })));
}

function details(task, { edits, state, act }) {
  // A to-one embed is an object; older rows have none.
  const note = task.notes?.document?.text ?? '';
  const saveNote = ({ text }) => act(() => api.put('notes', 'task_id', { task_id: task.id, document: { text } }), 'Note saved');
  const addTag = ({ name }) => act(async () => {
    const known = state.tags.find((tag) => tag.name === name.trim());
    const tag = known ?? await api.create('tags', { project_id: state.project.id, name: name.trim() });
    await api.put('task_tags', 'task_id,tag_id', { task_id: task.id, tag_id: tag.id });
  }, 'Tag added');
  return element('div', { className: 'details' },
    edits ? form({}, saveNote,
      element('label', {}, 'Note', element('textarea', { id: `note-${task.id}`, name: 'text', value: note })),
      element('div', {}, element('button', { type: 'submit', className: 'plain small', text: 'Save note' }))) : element('p', { text: note || 'No note.' }),
    edits && form({}, addTag,
      element('div', { className: 'line' },
        element('input', { id: `tag-${task.id}`, name: 'name', type: 'text', required: true, maxLength: 40, placeholder: 'Tag', 'aria-label': `Tag for ${task.title}` }),
        element('button', { type: 'submit', className: 'plain', text: 'Add tag' }))),
    edits && task.tags.length > 0 && element('div', { className: 'links' }, task.tags.map((tag) => element('button', {
      className: 'text small',
      text: `Remove ${tag.name}`,
      onclick: () => act(() => api.remove(`task_tags?task_id=eq.${task.id}&tag_id=eq.${tag.id}`), 'Tag removed'),
    }))));
}
