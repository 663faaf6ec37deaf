// Accounts through the official client.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, client, freshEmail, server, signedUp } from './project.mjs';

test('sign-up gives a session and a user', async () => {
  const { user, session, email } = await signedUp('ann');
  assert.equal(user.email, email);
  assert.equal(user.role, 'authenticated');
  assert.equal(user.is_anonymous, false);
  assert.equal(user.identities.length, 1);
  assert.equal(session.token_type, 'bearer');
  assert.ok(session.expires_in > 0);
});

test('metadata given at sign-up comes back', async () => {
  const made = client();
  const { data, error } = await made.auth.signUp({ email: freshEmail('meta'), password: PASSWORD, options: { data: { name: 'Ann', tags: [1, null] } } });
  assert.equal(error, null);
  assert.equal(data.user.user_metadata.name, 'Ann');
  assert.deepEqual(data.user.user_metadata.tags, [1, null]);
});

test('a second sign-up with the same address is refused', async () => {
  const { email } = await signedUp('twice');
  const { data, error } = await client().auth.signUp({ email, password: PASSWORD });
  assert.equal(error?.code, 'user_already_exists');
  assert.equal(data.session, null);
});

test('a weak password is refused with its reason', async () => {
  const { error } = await client().auth.signUp({ email: freshEmail('weak'), password: 'short' });
  assert.equal(error?.code, 'weak_password');
  assert.ok(error.reasons.includes('length'));
});

test('sign-in with the right password, refusal with a wrong one and for nobody', async () => {
  const { email, user } = await signedUp('signin');
  const other = client();
  const good = await other.auth.signInWithPassword({ email, password: PASSWORD });
  assert.equal(good.error, null);
  assert.equal(good.data.user.id, user.id);
  const wrong = await client().auth.signInWithPassword({ email, password: 'wrong horse battery' });
  const nobody = await client().auth.signInWithPassword({ email: freshEmail('nobody'), password: PASSWORD });
  assert.equal(wrong.error?.code, 'invalid_credentials');
  assert.equal(nobody.error?.code, 'invalid_credentials');
  assert.equal(wrong.error.message, nobody.error.message);
  assert.equal(wrong.error.status, nobody.error.status);
});

test('the user is read with the session, and not without one', async () => {
  const { client: ann, user } = await signedUp('reader');
  const { data } = await ann.auth.getUser();
  assert.equal(data.user.id, user.id);
  const { error } = await client().auth.getUser('not.a.token');
  assert.equal(error?.code, 'bad_jwt');
});

test('a refresh gives a new pair, again and again', async () => {
  const { client: ann, session } = await signedUp('refresh');
  const first = await ann.auth.refreshSession();
  assert.equal(first.error, null);
  assert.notEqual(first.data.session.refresh_token, session.refresh_token);
  assert.equal((await ann.auth.getUser()).error, null);
  const second = await ann.auth.refreshSession();
  assert.equal(second.error, null);
  assert.notEqual(second.data.session.refresh_token, first.data.session.refresh_token);
});

test('an unknown refresh token is refused', async () => {
  const { error } = await client().auth.refreshSession({ refresh_token: 'aaaaaaaaaaaa' });
  assert.equal(error?.code, 'refresh_token_not_found');
});

test('metadata and password can be changed', async () => {
  const { client: ann, email } = await signedUp('change');
  const changed = await ann.auth.updateUser({ data: { colour: 'green' } });
  assert.equal(changed.error, null);
  assert.equal(changed.data.user.user_metadata.colour, 'green');
  const password = 'another horse battery';
  assert.equal((await ann.auth.updateUser({ password })).error, null);
  assert.equal((await client().auth.signInWithPassword({ email, password: PASSWORD })).error?.code, 'invalid_credentials');
  assert.equal((await client().auth.signInWithPassword({ email, password })).error, null);
});

test('after sign-out the session is gone', async () => {
  const { client: ann, session } = await signedUp('leave');
  assert.equal((await ann.auth.signOut()).error, null);
  const { error } = await client().auth.getUser(session.access_token);
  // The client turns `session_not_found` into this.
  assert.equal(error?.name, 'AuthSessionMissingError');
  const refresh = await client().auth.refreshSession({ refresh_token: session.refresh_token });
  assert.notEqual(refresh.error, null);
});

test('the claims are verified with the published keys or the server', async () => {
  const { client: ann, user } = await signedUp('claims');
  const { data, error } = await ann.auth.getClaims();
  assert.equal(error, null);
  assert.equal(data.claims.sub, user.id);
  assert.equal(data.claims.role, 'authenticated');
});

test('the service key administers users, the publishable key does not', async () => {
  const admin = client(server.serviceKey).auth.admin;
  const email = freshEmail('made');
  const made = await admin.createUser({ email, password: PASSWORD, email_confirm: true, user_metadata: { from: 'admin' } });
  assert.equal(made.error, null);
  const id = made.data.user.id;
  assert.equal((await admin.getUserById(id)).data.user.email, email);
  const list = await admin.listUsers({ page: 1, perPage: 1000 });
  assert.ok(list.data.users.some((user) => user.id === id));
  assert.equal((await admin.updateUserById(id, { user_metadata: { from: 'later' } })).data.user.user_metadata.from, 'later');
  assert.equal((await client().auth.signInWithPassword({ email, password: PASSWORD })).error, null);
  assert.equal((await admin.deleteUser(id)).error, null);
  assert.equal((await admin.getUserById(id)).error?.code, 'user_not_found');
  const refused = await client().auth.admin.listUsers();
  assert.equal(refused.error?.code, 'not_admin');
});
