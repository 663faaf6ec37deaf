// The API of the same origin: accounts under /auth/v1, rows under /rest/v1. Without a key a request is anonymous.

const KEPT = 'tasks.session';
let session = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
let refreshing = null;

/** An answer that was not a good one, in words for people. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.msg ?? body?.message ?? body?.error_description ?? `The server answered ${status}.`);
    this.status = status;
    this.hint = body?.hint ?? null;
  }
}

export const user = () => session?.user ?? null;

export async function signUp(email, password) {
  const answer = await auth('/signup', { email, password });
  keep(answer.access_token ? answer : null);
  return user() !== null;
}

export async function signIn(email, password) {
  keep(await auth('/token?grant_type=password', { email, password }));
}

export async function signOut() {
  const token = session?.access_token;
  keep(null);
  if (token) await fetch('/auth/v1/logout?scope=local', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
}

export const read = (path) => rows('GET', path);
export const create = (table, row) => rows('POST', table, row).then((created) => created[0]);
export const change = (path, row) => rows('PATCH', path, row);
export const remove = (path) => rows('DELETE', path);

/** Writes a row, or changes the one that has the same value in the given column. */
export const put = (table, column, row) =>
  rows('POST', `${table}?on_conflict=${column}`, row, 'resolution=merge-duplicates,return=representation');

async function rows(method, path, body, prefer = 'return=representation') {
  const send = () => {
    const headers = { prefer };
    if (session) headers.authorization = `Bearer ${session.access_token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    return fetch(`/rest/v1/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  };
  await refreshIfOld();
  let answer = await send();
  if (answer.status === 401 && session) {
    await refresh();
    answer = await send();
  }
  return contents(answer);
}

async function auth(path, body) {
  const answer = await fetch(`/auth/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return contents(answer);
}

async function contents(answer) {
  const text = await answer.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    throw new Refused(answer.status, null);
  }
  if (!answer.ok) throw new Refused(answer.status, body);
  return body;
}

async function refreshIfOld() {
  if (session && session.expires_at * 1000 < Date.now() + 30_000) await refresh();
}

/** One refresh at a time: a refresh token is good for one use. */
function refresh() {
  refreshing ??= auth('/token?grant_type=refresh_token', { refresh_token: session.refresh_token })
    .then(keep, (error) => {
      if (error instanceof Refused && error.status < 500) keep(null);
      throw error;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

function keep(next) {
  session = next;
  if (next) localStorage.setItem(KEPT, JSON.stringify(next));
  else localStorage.removeItem(KEPT);
}
