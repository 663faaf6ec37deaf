// The server that `cargo xtask test` started, and how to reach it.

import { createClient } from '@supabase/supabase-js';

/** The address and keys of the server under test; says how to start one when there is none. */
export const server = {
  url: setting('MAINSTAY_URL'),
  anonKey: setting('MAINSTAY_ANON_KEY'),
  serviceKey: setting('MAINSTAY_SERVICE_KEY'),
};

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test --only clients\``);
  return value;
}

/** A client with its own session, as a page or an app would have. */
export function client(key = server.anonKey) {
  // Node 20 has no WebSocket, and the client asks for one before it is needed; nothing here opens a socket.
  const realtime = globalThis.WebSocket ? {} : { transport: class NoSocket {} };
  return createClient(server.url, key, { auth: { autoRefreshToken: false, persistSession: false }, realtime });
}

let count = 0;

/** An address that nobody has signed up with. */
export function freshEmail(name) {
  count += 1;
  return `${name}.${process.pid}.${count}.${Date.now()}@example.org`;
}

export const PASSWORD = 'correct horse battery';

/** A client that has just signed up. */
export async function signedUp(name) {
  const made = client();
  const email = freshEmail(name);
  const { data, error } = await made.auth.signUp({ email, password: PASSWORD });
  if (error) throw error;
  return { client: made, email, user: data.user, session: data.session };
}
