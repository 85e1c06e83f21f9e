import { once } from 'node:events';
import { createConnection } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addresses } from '../../../core/contract/serve.ts';
import { Browser, outcome, raw, started, states } from './served.ts';

/** Who gets in: only a browser that brought a token, asking as itself, by a name of the server. */
const wayIn = /^<!doctype html>.*“sipglass serve” prints/;

describe('the address that is printed', () => {
  test('works once: a cookie for it, and an address without it', async () => {
    const server = await started();
    const { origin, pathname, search } = new URL(server.address());
    expect(search).toMatch(/^\?token=[\w-]{43}$/);
    const first = await raw(origin, pathname + search);
    expect(first).toMatchObject({ status: 303, headers: { location: '/', 'cache-control': 'no-store' }, body: '' });
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^sipglass-[\da-f]{12}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const page = await raw(origin, '/', { headers: { Cookie: cookie.split(';')[0] ?? '' } });
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Page</title>' });
    const second = await raw(origin, pathname + search);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toMatch(wayIn);
  });

  test.each([
    '/',
    '/?token=',
    '/?token=wrong',
    `/?token=${'A'.repeat(43)}`,
    '/index.html',
    '/assets/index-AbCd1234.js',
  ])('without or with a wrong one there is one sentence: %s', async (path) => {
    const { origin } = new URL((await started()).address());
    const answer = await raw(origin, path);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(wayIn);
  });

  test('is not used up by what looks at links ahead of the user', async () => {
    const { origin, pathname, search } = new URL((await started()).address());
    expect(await raw(origin, pathname + search, { method: 'HEAD' })).toMatchObject({ status: 403 });
    expect(await raw(origin, pathname + search)).toMatchObject({ status: 303 });
  });

  test('a fresh one lets another browser in, and the first one stays', async () => {
    const server = await started();
    const [one, two] = [await Browser.in(server), await Browser.in(server)];
    expect(one.cookie).not.toBe(two.cookie);
    for (const browser of [one, two]) expect(await browser.ask('/')).toMatchObject({ status: 200 });
  });

  test('another server’s cookie is none', async () => {
    const [one, two] = [await started(), await started()];
    const { cookie } = await Browser.in(one);
    expect(await raw(new URL(two.address()).origin, '/', { headers: { Cookie: cookie } })).toMatchObject({
      status: 403,
    });
  });

  test('a link from elsewhere asks once more from here, with the cookie that stayed at home', async () => {
    const { origin } = new URL((await started()).address());
    const answer = await raw(origin, '/', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(answer).toMatchObject({ status: 200, headers: { refresh: '0; url=/' } });
    expect(answer.body).not.toContain('Page');
  });
});

describe('names and origins', () => {
  test.each([
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:80', 403],
    ['user@localhost', 403],
    ['10.0.0.1', 403],
    ['localhost:9', 200],
    ['LOCALHOST', 200],
    ['[::1]:8080', 200],
    ['127.0.0.1', 200],
  ])('Host “%s”: %i', async (host, status) => {
    const browser = await Browser.in(await started());
    expect(await browser.ask('/', { headers: { Host: host } })).toMatchObject({ status });
  });

  test.each([['http://evil.example'], ['null'], ['http://127.0.0.1:1'], ['https://127.0.0.1']])(
    'a POST of a page from %s is refused',
    async (origin) => {
      const browser = await Browser.in(await started({ sample: states }));
      const answer = await browser.ask(addresses.open, {
        method: 'POST',
        headers: { Origin: origin },
        body: '{"what":{"kind":"sample"},"ports":[]}',
      });
      expect(answer.status).toBe(403);
    },
  );

  test('a POST without Origin is refused', async () => {
    const { origin, cookie } = await Browser.in(await started({ sample: states }));
    const asked = { method: 'POST', headers: { Cookie: cookie }, body: '{"what":{"kind":"sample"},"ports":[]}' };
    expect(await raw(origin, addresses.open, asked)).toMatchObject({ status: 403 });
  });

  test('a WebSocket needs the cookie, the page’s origin, the server’s name and a capture', async () => {
    const browser = await Browser.in(await started({ named: [states] }));
    const { port } = new URL(browser.origin);
    const outcomes = [
      browser.socket(1),
      browser.socket(1, { Origin: 'http://evil.example' }),
      browser.socket(1, { Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` }),
      browser.socket(1, { Cookie: 'sipglass-0=0' }),
      browser.socket(2),
      browser.socket('0x1'),
      browser.socket(''),
    ].map((socket) => outcome(socket));
    expect(await Promise.all(outcomes)).toEqual(['open', 403, 403, 403, 404, 404, 404]);
  });
});

describe('what is answered', () => {
  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/..\\secret.js',
    '//secret.js',
    '/assets',
    '/assets/',
    '/assets/notes.md',
    '/assets/index-AbCd1234.js/',
    '/index.html%00.js',
    '/etc/passwd',
  ])('files are those of the page, by their exact names: %s is none', async (path) => {
    const browser = await Browser.in(await started());
    const answer = await browser.ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  test('the page’s files, with a policy under which nothing comes from elsewhere', async () => {
    const browser = await Browser.in(await started());
    const script = await browser.ask('/assets/index-AbCd1234.js');
    expect(script).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
    expect(script.headers['cache-control']).toContain('immutable');
    const zipped = await browser.ask('/assets/index-AbCd1234.js', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    const page = await browser.ask('/');
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(page.headers['content-security-policy']).split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' blob: data:",
      `connect-src 'self' ${browser.origin.replace('http', 'ws')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])('%s is not', async (method) => {
    const browser = await Browser.in(await started());
    expect(await browser.ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  });

  test('HEAD is, without the body; what is only for GET is not there for POST', async () => {
    const browser = await Browser.in(await started());
    expect(await browser.ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await browser.ask('/', { method: 'POST' })).toMatchObject({ status: 404 });
  });

  test('headers without end are cut off', async () => {
    const browser = await Browser.in(await started());
    const huge = browser.ask('/', { headers: { 'X-Long': 'x'.repeat(20_000) } });
    await expect(huge.then(({ status }) => status)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('rubbish on the line ends that line, nothing else', async () => {
    const browser = await Browser.in(await started({ named: [states] }));
    const { hostname, port } = new URL(browser.origin);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '',
          'GET / HTTP/1.1\r\n',
          'POST /api/open HTTP/1.1\r\nHost: localhost\r\n',
          'GET http://x/ HTTP/1.1\r\n',
        ),
        fc.uint8Array({ maxLength: 300 }),
        async (start, rubbish) => {
          const socket = createConnection({ host: hostname, port: Number(port) });
          socket.on('error', () => undefined);
          socket.resume();
          const closed = once(socket, 'close');
          socket.end(Buffer.concat([Buffer.from(start), rubbish, Buffer.from('\r\n\r\n')]));
          await closed;
        },
      ),
      { numRuns: 60 },
    );
    expect(await browser.ask('/')).toMatchObject({ status: 200 });
  });
});
