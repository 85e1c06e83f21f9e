import { describe, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { connection, feed, headers, isAsCaptured, request, response, text, texts } from './streams.ts';

/** Feeds some bytes as one stream, cut into segments of a size, and returns what came out. */
function framed(bytes: string | Uint8Array, size = 60_000): Decoding {
  const decoding = new Decoding();
  const tcp = connection();
  feed(decoding, [...tcp.open(), ...tcp.send('client', bytes, { size })]);
  decoding.finish();
  return decoding;
}

const sizes = [1, 2, 3, 7, 50, 60_000];
const next = request('next');

describe('Content-Length', () => {
  const body = 'four';
  const start = 'OPTIONS sip:bob@example.org SIP/2.0\r\n';
  test.each([
    ['in full', `Content-Length: ${body.length}\r\n`],
    ['compact, in capitals, with blanks', 'L :  4 \r\n'],
    ['in other case', 'CONTENT-LENGTH:4\r\n'],
    ['folded', 'Content-Length:\r\n\t4\r\n'],
    ['twice: the first one counts', 'l: 4\r\nContent-Length: 400\r\n'],
    ['behind a broken one', 'Content-Length: four\r\nl: 4\r\n'],
    ['with zeros in front', 'Content-Length: 0004\r\n'],
    [
      'not in a header that only begins like it',
      'Content-Length-Not: 40\r\nContent-Lengt: 50\r\nlanguage: 1\r\nl: 4\r\n',
    ],
    ['not in a folded header', 'Subject: a\r\n l: 40\r\nl: 4\r\n'],
  ])('%s', (_, line) => {
    const message = `${start}Call-ID: 1\r\n${line}CSeq: 1 OPTIONS\r\n\r\n${body}`;
    for (const size of sizes) expect(texts(framed(message + next, size))).toEqual([message, next]);
  });

  test('line ends may be a bare LF', () => {
    const message = request('lf', 'body', '\n');
    for (const size of sizes) expect(texts(framed(message + next, size))).toEqual([message, next]);
  });

  test('a body may look like anything: line ends, a message, a start line at the beginning of a segment', () => {
    const inner = request('inner', 'within');
    const message = request('outer', `\r\n\r\n${inner}\r\n`);
    for (const size of [...sizes, message.indexOf('MESSAGE', 10)]) {
      expect(texts(framed(message + next, size))).toEqual([message, next]);
    }
  });

  test('missing: the body ends with the bytes that came with the headers, or at a start line among them', () => {
    const bare = text({ start: 'SIP/2.0 200 OK', headers: headers('bare', 'OPTIONS'), contentLength: null });
    const decoding = new Decoding();
    const tcp = connection();
    feed(decoding, [
      ...tcp.open(),
      ...tcp.send('client', `${bare}v=0\r\n`),
      ...tcp.send('client', 'a rest of it\r\n'),
      ...tcp.send('client', `${bare}s=-\r\n${next}`),
      ...tcp.send('client', bare),
      ...tcp.send('client', next),
    ]);
    expect(texts(decoding)).toEqual([`${bare}v=0\r\n`, `${bare}s=-\r\n`, next, bare, next]);
    expect(decoding.counts()).toEqual({ sip: 4, 'sip-segment': 1, 'tcp-no-data': 3 });
    expect(decoding.faultCodes()).toEqual(['sip/no-content-length']);
  });

  test.each(['2147483648', '9999999999', '1048577'])(
    'of %s bytes: the headers are shown, and the next message is found',
    (length) => {
      const message = text({ start: 'OPTIONS sip:a SIP/2.0', headers: [...headers('big', 'OPTIONS'), ['l', length]] });
      for (const size of sizes) {
        const decoding = framed(`${message}some of the body\r\n${next}`, size);
        expect(texts(decoding)).toEqual([message, next]);
        expect(decoding.faultCodes()).toContain('sip/message-too-long');
      }
    },
  );

  test('a negative one, or one of words, is none', () => {
    for (const length of ['-1', '0x10', '', '99999999999', '4 5']) {
      const message = text({
        start: 'OPTIONS sip:a SIP/2.0',
        headers: [...headers('odd', 'OPTIONS'), ['Content-Length', length]],
      });
      expect(texts(framed(message + next))).toEqual([message, next]);
    }
  });
});

describe('what stands between messages', () => {
  test('any number of line ends', () => {
    for (const size of sizes) {
      const decoding = framed(`\r\n\r\n\n\r\n${request('a')}\r\n\r\n${response('b')}\r\n\n\n${next}\r\n`, size);
      expect(texts(decoding)).toEqual([request('a'), response('b'), next]);
      expect(decoding.messages.every(isAsCaptured)).toBe(true);
    }
  });

  test('something that begins no message is a fault, and it goes on at the next start line', () => {
    const decoding = framed(`${request('a')}not a message\r\nneither this one\r\n${next}`);
    expect(texts(decoding)).toEqual([request('a'), next]);
    expect(decoding.faultCodes()).toEqual(['sip/no-start-line']);
  });

  test('a longer body than Content-Length says', () => {
    const message = text({
      start: 'SIP/2.0 200 OK',
      headers: headers('short', 'OPTIONS'),
      body: 'v=0\r\no=-\r\n',
      contentLength: 3,
    });
    for (const size of [50, 60_000]) {
      const decoding = framed(message + next, size);
      expect(texts(decoding)).toEqual([message.slice(0, -7), next]);
    }
  });

  test('the second half of a first line that could have been one', () => {
    const decoding = framed(`${request('a')}INVITE sip:bob@example.org SIP/2.1.\r\n${next}`, 20);
    expect(texts(decoding).at(-1)).toBe(next);
  });
});

describe('any connection', () => {
  test('is SIP whatever its ports are', () => {
    const decoding = new Decoding();
    const tcp = connection({ host: '192.0.2.1', port: 80 }, { host: '192.0.2.2', port: 443 });
    expect(feed(decoding, tcp.send('client', next))).toEqual(['sip']);
  });

  test('with a first line of its own before SIP, as proxies send (PROXY protocol)', () => {
    for (const size of sizes)
      expect(texts(framed(`PROXY TCP4 192.0.2.1 192.0.2.2 56324 5060\r\n${next}`, size))).toEqual([next]);
  });

  const bytes = (...values: number[]): Uint8Array => build.u8(...values);
  test.each([
    ['HTTP', 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n', 'not-sip-on-sip-port'],
    ['an HTTP answer', `HTTP/1.1 200 OK\r\n\r\nThis is how SIP looks:\r\n${next}`, 'not-sip-on-sip-port'],
    ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n', 'not-sip-on-sip-port'],
    ['TLS', build.concat(bytes(22, 3, 1, 0, 4), 'abcd'), 'tls'],
    ['binary', bytes(0, 0, 0, 1, 255, 254, 13, 10, 1), 'not-sip-on-sip-port'],
  ])('with %s is told apart by its first bytes', (_, first, outcome) => {
    const decoding = new Decoding();
    const tcp = connection();
    expect(feed(decoding, [...tcp.open(), ...tcp.send('client', first)]).at(-1)).toBe(outcome);
    expect(decoding.messages).toEqual([]);
  });

  test('on another port is no loss', () => {
    const decoding = new Decoding();
    const tcp = connection(undefined, { host: '192.0.2.2', port: 80 });
    expect(feed(decoding, tcp.send('client', 'GET / HTTP/1.1\r\n\r\n'))).toEqual(['other-tcp']);
  });

  test('with TLS is TLS in both directions, what was captured in mid-record included', () => {
    const decoding = new Decoding();
    const tcp = connection(undefined, { host: '198.51.100.2', port: 5061 });
    feed(decoding, [
      ...tcp.send('server', bytes(9, 8, 7, 6, 5, 4, 3)),
      ...tcp.send('client', bytes(200, 1, 2, 3)),
      ...tcp.send('client', build.concat(bytes(23, 3, 3, 0, 9), 'encrypted')),
      ...tcp.send('server', 'more'),
    ]);
    expect(decoding.counts()).toEqual({ tls: 4 });
  });

  test('that turned out to be something else is still SIP where a segment begins with a message', () => {
    const decoding = new Decoding();
    const tcp = connection();
    const noise = 'n'.repeat(1400);
    feed(decoding, tcp.open());
    for (let sent = 0; sent < 200; sent++) feed(decoding, tcp.send('client', noise));
    expect(feed(decoding, [...tcp.send('client', next), ...tcp.send('client', request('a'))])).toEqual(['sip', 'sip']);
    expect(texts(decoding)).toEqual([next, request('a')]);
  });
});
