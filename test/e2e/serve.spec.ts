import { request } from 'node:http';
import { expect, test } from './app.ts';
import { addresses, type ServeSession } from '../../core/contract/serve.ts';
import { fixture } from './programs.ts';
import { startServer, type Server } from './served.ts';

/** Who may ask `sipglass serve`. It is asked as a browser, a script or another page would. */
let server: Server;

test.beforeAll(async () => {
  server = await startServer([fixture('sample-day.pcapng')]);
});

test.afterAll(() => server.stop());

function at(path: string): URL {
  return new URL(path, server.address);
}

/** The cookie that one gets for the token. */
async function signIn(address: string): Promise<{ readonly status: number; readonly cookie: string }> {
  const answer = await fetch(address, { redirect: 'manual' });
  return { status: answer.status, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

test('without a token nothing is told but what to do', async () => {
  for (const path of ['/', addresses.session, addresses.offered, '/index.html']) {
    const answer = await fetch(at(path), { redirect: 'manual' });
    expect([path, answer.status]).toEqual([path, 403]);
    const text = await answer.text();
    expect(text).not.toContain('sample-day');
    expect(text).toContain('sipglass serve');
  }
});

test('a wrong token is refused, the right one holds once, and the cookie it gave from then on', async () => {
  const wrong = at('/');
  wrong.searchParams.set('token', 'A'.repeat(43));
  expect(await signIn(wrong.href)).toEqual({ status: 403, cookie: '' });
  const first = await signIn(server.address);
  expect(first.cookie).toMatch(/^sipglass-\w+=\S{40,}$/u);
  expect((await signIn(server.address)).cookie).toBe('');
  const session = await fetch(at(addresses.session), { headers: { cookie: first.cookie } });
  expect(session.status).toBe(200);
  expect(await session.text()).toContain('sample-day.pcapng');
});

test('questions of other pages and under other names are refused, even with the cookie', async () => {
  const own = await startServer([fixture('sample-day.pcapng')]);
  try {
    const { cookie } = await signIn(own.address);
    const { host, hostname, port } = new URL(own.address);
    const status = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
      new Promise((resolve, reject) => {
        request({ hostname, port, path, method, headers: { cookie, ...headers } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('upgrade', (answer, socket) => {
            socket.destroy();
            resolve(answer.statusCode ?? 0);
          })
          .on('error', reject)
          .end();
      });
    const socket = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    const session = (await (
      await fetch(new URL(addresses.session, own.address), { headers: { cookie } })
    ).json()) as ServeSession;
    const capture = `${addresses.capture}${session.named?.id ?? 0}`;
    expect(await status(addresses.session, { host: 'evil.example' })).toBe(403);
    expect(await status(addresses.open, { origin: 'https://evil.example' }, 'POST')).toBe(403);
    expect(await status(capture, { ...socket, origin: 'https://evil.example' })).toBe(403);
    expect(await status(capture, { ...socket, origin: `http://${host}`, cookie: '' })).toBe(403);
    expect(await status(capture, { ...socket, origin: `http://${host}` })).toBe(101);
  } finally {
    await own.stop();
  }
});

test('the page without its cookie says what to do, in the browser', async ({ chrome }) => {
  test.skip(chrome === null, 'the desktop program shows no other pages; the answers are checked above');
  if (chrome === null) return;
  const context = await chrome.newContext();
  const page = await context.newPage();
  await page.goto(at('/').href);
  await expect(page.locator('body')).toContainText('sipglass serve');
  await expect(page.getByRole('grid')).toHaveCount(0);
  await context.close();
});
