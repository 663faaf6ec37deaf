// The page: a door for those who are not signed in, a room for those who are.

import * as api from './api.js';
import { element, field, form } from './element.js';
import { taskItem } from './task.js';
import { sharing } from './sharing.js';

const state = { creating: false, projects: [], project: null, tasks: [], tags: [], open: null, shares: false };
const place = (id) => document.getElementById(id);

/** Does something that may be refused, then shows what is true; a refusal is shown in words and leaves what was typed. */
export async function attempt(action, done) {
  const problem = place('problem');
  problem.hidden = true;
  let typed = new Map();
  try {
    await action();
    if (done) place('status').textContent = done;
  } catch (error) {
    typed = new Map([...document.querySelectorAll('input[id]:not([type=checkbox]), textarea[id]')].map((input) => [input.id, input.value]));
    problem.textContent = error instanceof api.Refused ? [error.message, error.hint].filter(Boolean).join(' ') : `The server cannot be reached. (${error.message})`;
    problem.hidden = false;
  }
  show();
  for (const [id, value] of typed) {
    const input = place(id);
    if (input) input.value = value;
  }
}

function show() {
  const user = api.user();
  place('account').replaceChildren(...(user ? [
    element('span', { text: user.email }),
    element('button', { className: 'plain small', text: 'Sign out', onclick: signOut }),
  ] : []));
  const focused = document.activeElement?.id;
  place('main').replaceChildren(user ? room() : door());
  if (focused) place(focused)?.focus();
}

function door() {
  const { creating } = state;
  const send = ({ email, password }) => attempt(async () => {
    if (!creating) await api.signIn(email, password);
    else if (!(await api.signUp(email, password))) throw new api.Refused(200, { msg: 'Almost there: follow the link in the mail that was sent to you.' });
    await load();
  }, 'Signed in');
  return element('section', { className: 'card door', 'aria-labelledby': 'door-title' },
    element('h2', { id: 'door-title', text: creating ? 'Create an account' : 'Welcome back' }),
    element('p', { text: 'Your tasks are seen by you alone, until you share them.' }),
    form({ id: 'door' }, send,
      field('E-mail', { id: 'email', name: 'email', type: 'email', autocomplete: 'email', required: true }),
      field('Password', { id: 'password', name: 'password', type: 'password', minLength: 8, required: true, autocomplete: creating ? 'new-password' : 'current-password' }),
      element('button', { id: 'enter', type: 'submit', text: creating ? 'Create account' : 'Sign in' })),
    element('button', {
      id: 'other-door',
      className: 'text',
      text: creating ? 'I have an account' : 'I am new here',
      onclick: () => attempt(async () => { state.creating = !creating; }),
    }));
}

function room() {
  return element('div', { className: 'room' },
    element('nav', { className: 'side', 'aria-label': 'Projects' },
      element('h2', { text: 'Projects' }),
      element('ul', { className: 'projects' }, state.projects.map(projectItem)),
      form({ id: 'new-project' }, createProject,
        element('div', { className: 'line' },
          element('input', { id: 'project-name', name: 'name', type: 'text', required: true, maxLength: 80, placeholder: 'New project', 'aria-label': 'Name of the new project' }),
          element('button', { type: 'submit', className: 'plain', text: 'Add' })))),
    state.project ? projectCard(state.project) : element('section', { className: 'card' }, element('p', { className: 'empty', text: 'Add your first project to begin.' })));
}

function projectItem(project) {
  const progress = project.progress ? `${project.progress.done}/${project.progress.tasks}` : '';
  return element('li', {}, element('button', {
    'aria-current': project.id === state.project?.id ? 'true' : null,
    onclick: () => attempt(() => enter(project)),
  }, element('span', { text: project.name }), element('small', { text: progress, 'aria-label': progress && `${progress} done` })));
}

function projectCard(project) {
  const mine = project.owner === api.user().id;
  const edits = mine || project.members.some((member) => member.user_id === api.user().id && member.may_edit);
  return element('section', { className: 'card', 'aria-labelledby': 'project-title' },
    element('div', { className: 'head' },
      element('h2', { id: 'project-title', text: project.name }),
      element('div', {},
        element('button', { id: 'share', className: 'plain small', text: 'Share', 'aria-expanded': String(state.shares), onclick: () => attempt(async () => { state.shares = !state.shares; }) }),
        mine && element('button', { className: 'danger small', text: 'Delete project', onclick: () => deleteProject(project) }))),
    edits && form({ id: 'new-task' }, createTask,
      element('div', { className: 'line' },
        element('input', { id: 'task-title', name: 'title', type: 'text', required: true, maxLength: 200, placeholder: 'What is to be done?', 'aria-label': 'Title of the new task' }),
        element('input', { name: 'due', type: 'date', 'aria-label': 'Due date' }),
        element('button', { type: 'submit', text: 'Add task' }))),
    state.tasks.length === 0
      ? element('p', { className: 'empty', text: 'Nothing to do.' })
      : element('ul', { className: 'tasks' }, state.tasks.map((task) => taskItem(task, { edits, state, reload: () => enter(project) }))),
    state.shares && sharing(project, { mine, reload: load }));
}

async function load() {
  const [projects, progress] = await Promise.all([
    api.read('projects?select=id,name,owner,members(user_id,name,may_edit)&order=created_at'),
    api.read('progress?select=project_id,tasks,done'),
  ]);
  for (const project of projects) project.progress = progress.find((line) => line.project_id === project.id);
  state.projects = projects;
  await enter(projects.find((project) => project.id === state.project?.id) ?? projects[0] ?? null, progress);
}

async function enter(project, progress) {
  if (project?.id !== state.project?.id) Object.assign(state, { open: null, shares: false });
  state.project = project;
  if (!project) return Object.assign(state, { tasks: [], tags: [] });
  const [tasks, tags, line] = await Promise.all([
    api.read(`tasks?project_id=eq.${project.id}&select=id,title,done,due,tags(id,name),notes(id,document)&order=done,due.nullslast,id&tags.order=name`),
    api.read(`tags?project_id=eq.${project.id}&select=id,name&order=name`),
    progress ? null : api.read(`progress?project_id=eq.${project.id}&select=tasks,done`),
  ]);
  if (line) project.progress = line[0];
  return Object.assign(state, { tasks, tags });
}

const createProject = ({ name }) => attempt(async () => {
  state.project = await api.create('projects?select=id,name,owner', { name });
  await load();
}, 'Project added');

const createTask = ({ title, due }) => attempt(async () => {
  await api.create('tasks', { title, due: due || null, project_id: state.project.id });
  await enter(state.project);
}, 'Task added').then(() => place('task-title')?.focus());

function deleteProject(project) {
  if (!confirm(`Delete “${project.name}” and all its tasks?`)) return;
  attempt(async () => {
    await api.remove(`projects?id=eq.${project.id}`);
    await load();
  }, 'Project deleted');
}

function signOut() {
  Object.assign(state, { creating: false, projects: [], project: null, tasks: [], tags: [], open: null, shares: false });
  attempt(() => api.signOut(), 'Signed out');
}

attempt(async () => { if (api.user()) await load(); });
