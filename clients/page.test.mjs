// The example's page, in a real browser.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { PASSWORD, freshEmail, server } from './project.mjs';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

let browser;
const outside = [];

before(async () => {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  assert.ok(executablePath, 'no browser: apt-get install chromium');
  // Without a folder of the user's own, playwright makes a fresh profile and removes it.
  browser = await chromium.launch({ executablePath, args: FLAGS });
});

after(() => browser?.close());

/** A page of a person of its own, who speaks to the server under test and to nobody else. */
async function visit(options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url.startsWith(server.url) || url.startsWith('data:')) return route.continue();
    outside.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  await page.goto(`${server.url}/`);
  return page;
}

async function signUp(page, email) {
  await page.getByRole('button', { name: 'I am new here' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('navigation', { name: 'Projects' }).waitFor();
}

async function signIn(page, email, password = PASSWORD) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const task = (page, title) => page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: title }) });

test('a person signs up, writes tasks, signs out, and finds them again; another sees nothing', async () => {
  const email = freshEmail('page');
  const page = await visit();
  await signUp(page, email);

  await page.getByLabel('Name of the new project').fill('House');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('heading', { name: 'House' }).waitFor();
  for (const title of ['Paint the door', 'Fix the roof']) {
    await page.getByLabel('Title of the new task').fill(title);
    await page.getByRole('button', { name: 'Add task' }).click();
    await task(page, title).waitFor();
  }

  await page.getByRole('checkbox', { name: 'Paint the door' }).click();
  await page.getByRole('button', { name: /House.*1\/2/ }).waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'Paint the door' }).isChecked(), true);

  await page.getByRole('button', { name: 'More about Fix the roof' }).click();
  await page.getByLabel('Tag for Fix the roof').fill('outside');
  await page.getByRole('button', { name: 'Add tag' }).click();
  await task(page, 'Fix the roof').locator('.chip', { hasText: 'outside' }).waitFor();
  await page.getByLabel('Note').fill('ask <b>Bob</b>');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByText('Note saved').waitFor({ state: 'attached' });

  await page.getByRole('button', { name: 'Delete Paint the door' }).click();
  await task(page, 'Paint the door').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  assert.equal(await page.getByText('Fix the roof').count(), 0);

  await signIn(page, email);
  await task(page, 'Fix the roof').waitFor();
  await page.getByRole('button', { name: 'More about Fix the roof' }).click();
  assert.equal(await page.getByLabel('Note').inputValue(), 'ask <b>Bob</b>');
  await page.reload();
  await task(page, 'Fix the roof').waitFor();

  const other = await visit();
  await signUp(other, freshEmail('other'));
  await other.getByText('Add your first project to begin.').waitFor();
  assert.equal(await other.getByText('House').count(), 0);
  assert.deepEqual([...page.problems, ...other.problems], []);
});

test('a project is shared by code', async () => {
  const [ann, bob] = [await visit(), await visit()];
  await signUp(ann, freshEmail('sharing'));
  await signUp(bob, freshEmail('shared'));
  await bob.getByLabel('Name of the new project').fill('Boat');
  await bob.getByRole('button', { name: 'Add', exact: true }).click();
  await bob.getByRole('button', { name: 'Share' }).click();
  const code = await bob.locator('code').textContent();

  await ann.getByLabel('Name of the new project').fill('Garden');
  await ann.getByRole('button', { name: 'Add', exact: true }).click();
  await ann.getByRole('button', { name: 'Share' }).click();
  await ann.getByLabel('Name', { exact: true }).fill('Bob');
  await ann.getByLabel('Their code').fill(code);
  await ann.locator('#new-member').getByRole('button', { name: 'Share' }).click();
  await ann.getByText('Bob (may read)').waitFor();

  await bob.reload();
  await bob.getByRole('button', { name: 'Garden' }).click();
  await bob.getByRole('heading', { name: 'Garden' }).waitFor();
  assert.equal(await bob.getByLabel('Title of the new task').count(), 0);
});

test('a refusal is shown in words', async () => {
  const page = await visit();
  await signIn(page, freshEmail('unknown'));
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), /Invalid login credentials/);
});

test('the page fits a phone, follows the dark scheme, and can be used by keyboard', async () => {
  const page = await visit({ viewport: { width: 360, height: 640 }, colorScheme: 'dark' });
  await signUp(page, freshEmail('phone'));
  const [scroll, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(scroll <= width, `the page is ${scroll} wide on a screen of ${width}`);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(ground, 'rgb(16, 22, 20)');
  await page.getByLabel('Name of the new project').focus();
  await page.keyboard.type('Keys');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
});

test('the page asks nobody but its own server', () => {
  assert.deepEqual(outside, []);
});
