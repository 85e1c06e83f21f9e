import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { Decoding } from './decoding.ts';
import { alice, bob, feed, isAsCaptured, request, response, text, headers, texts } from './streams.ts';

/** Whatever happens to a stream between sender and capture: what was sent comes out, whole, once and in order. */

/** A message: a request with a body that may hold anything, line ends and start lines included, or a response. */
const body = fc.oneof(
  fc.constant(''),
  fc.nat(3000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(
    '\r\n\r\n',
    'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n',
    request('within', 'a body'),
    'SIP/2.0 200 OK\r\n',
    'no line end',
  ),
);
const message = fc.oneof(
  fc
    .tuple(fc.nat(99), body, fc.constantFrom('\r\n', '\n'))
    .map(([id, content, eol]) => request(`r${id}`, content, eol)),
  fc.nat(99).map((id) => response(`s${id}`, '180 Ringing')),
  fc.tuple(fc.nat(99), body).map(([id, content]) =>
    text({
      start: 'MESSAGE sip:bob@example.org SIP/2.0',
      headers: [...headers(`c${id}`, 'MESSAGE'), ['l', ` ${content.length}`]],
      body: content,
    }),
  ),
);
const keepAlive = fc.constantFrom('', '', '', '\r\n', '\r\n\r\n');
const sendings = fc.array(fc.tuple(message, keepAlive), { minLength: 1, maxLength: 8 });

/** How a stream is cut and disturbed: sizes of segments, and for each what becomes of it. */
const disturbance = fc.record({
  isn: fc.oneof(fc.constant(1000), fc.integer({ min: 0xffff_0000, max: 0xffff_ffff })),
  sizes: fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1460 }), fc.constant(4000)), {
    minLength: 1,
    maxLength: 12,
  }),
  /** Places a segment is moved back by, bytes before it that it repeats, whether it comes twice. */
  fates: fc.array(
    fc.tuple(
      fc.constantFrom(0, 0, 0, 1, 2, 5),
      fc.constantFrom(0, 0, 1, 30, 2000),
      fc.constantFrom(false, false, true),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
});
type Disturbance = typeof disturbance extends fc.Arbitrary<infer T> ? T : never;

function segments(
  tcp: build.TcpConnection,
  side: build.Side,
  bytes: Uint8Array,
  { sizes, fates }: Disturbance,
): Uint8Array[] {
  const start = tcp.position(side);
  tcp.lose(side, bytes.length);
  const cut: { at: number; packet: Uint8Array }[] = [];
  for (let from = 0, index = 0; from < bytes.length; index++) {
    const to = Math.min(bytes.length, from + (sizes[index % sizes.length] as number));
    const [late, again, twice] = fates[index % fates.length] as [number, number, boolean];
    const begin = Math.max(0, from - again);
    const packet = tcp.segment(side, (start + begin) >>> 0, 'PA', bytes.subarray(begin, to));
    cut.push({ at: index + late + 0.5, packet });
    if (twice) cut.push({ at: index + late + 3, packet });
    from = to;
  }
  return cut.sort((a, b) => a.at - b.at).map(({ packet }) => packet);
}

/** Feeds packets `step` seconds apart, and looks whether each is counted once. */
function run(packets: readonly Uint8Array[], step = 0): Decoding {
  const decoding = new Decoding();
  packets.forEach((packet, index) => void feed(decoding, [packet], { time: 1 + index * step }));
  decoding.finish();
  const { ledger, packet } = decoding;
  expect(ledger.counts.every((count) => count >= 0)).toBe(true);
  expect(ledger.counts.reduce((sum, count) => sum + count, 0)).toBe(packet.frame);
  return decoding;
}

test('SIP over TCP', () => {
  fc.assert(
    fc.property(sendings, sendings, disturbance, (sent, answered, how) => {
      const tcp = new build.TcpConnection(alice, bob, { client: how.isn, server: 77 });
      const opening = tcp.open();
      const bytes = (list: typeof sent): Uint8Array =>
        build.bytesOf(list.map(([whole, between]) => whole + between).join(''));
      const there = segments(tcp, 'client', bytes(sent), how);
      const back = segments(tcp, 'server', bytes(answered), how);
      const mixed = there.flatMap((packet, index) => [packet, ...back.slice(index, index + 1)]);
      const decoding = run([...opening, ...mixed, ...back.slice(there.length)]);
      const from = (port: number): string[] =>
        decoding.messages.filter((seen) => seen.from.endsWith(`:${port}`)).map((seen) => seen.text);
      expect(from(alice.port)).toEqual(sent.map(([whole]) => whole));
      expect(from(bob.port)).toEqual(answered.map(([whole]) => whole));
      expect(decoding.messages.every(isAsCaptured)).toBe(true);
      expect(decoding.counts()['tcp-gap']).toBeUndefined();
      expect(decoding.counts()['not-sip-on-sip-port']).toBeUndefined();
      expect(decoding.packet.frame).toBeGreaterThan(0);
      // Rows come in the order in which messages were completed.
      const frames = decoding.messages.map(({ frame }) => frame);
      expect(frames).toEqual(frames.toSorted((a, b) => a - b));
    }),
    { seed: 9293, numRuns: 300 },
  );
});

test('SIP over TCP with segments lost: nothing comes out that was not sent, and what is sent behind the loss does', () => {
  fc.assert(
    fc.property(
      sendings,
      disturbance,
      fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(0, 0.0005, 0.01, 2),
      (sent, how, lost, step) => {
        const tcp = new build.TcpConnection(alice, bob, { client: how.isn, server: 77 });
        const opening = tcp.open();
        const stream = build.bytesOf(sent.map(([whole, between]) => whole + between).join(''));
        const parts = segments(tcp, 'client', stream, how);
        const dropped = new Set(lost.map((index) => index % parts.length));
        const last = tcp.send('client', request('last'));
        const ack = tcp.ack('server');
        const left = parts
          .filter((_, index) => !dropped.has(index))
          .flatMap((part, index) => (index % 3 === 2 ? [part, ack] : [part]));
        const decoding = run([...opening, ...left, ...last], step);
        const whole = new Set([...sent.map(([one]) => one), request('last')]);
        const out = texts(decoding);
        // A body that holds a message, or the beginning of one, may be read as one when what is around it is lost.
        expect(
          out.filter((one) => !whole.has(one) && !one.startsWith('MESSAGE') && !one.startsWith('SIP/2.0')),
        ).toEqual([]);
        expect(out.at(-1)?.endsWith(request('last'))).toBe(true);
        expect(decoding.messages.every(isAsCaptured)).toBe(true);
      },
    ),
    { seed: 761, numRuns: 200 },
  );
});

test('SIP over WebSocket', () => {
  const frame = fc.record({
    mask: fc.option(fc.integer({ min: 0, max: 0xffff_ffff }), { nil: undefined }),
    size: fc.constantFrom(100_000, 7, 300),
    between: fc.constantFrom(null, build.Opcode.Ping, build.Opcode.Pong),
  });
  fc.assert(
    fc.property(sendings, fc.array(frame, { minLength: 1, maxLength: 8 }), disturbance, (sent, frames, how) => {
      const tcp = new build.TcpConnection(alice, { host: bob.host, port: 80 }, { client: how.isn, server: 77 });
      const packets = [
        ...tcp.open(),
        ...tcp.send('client', build.upgradeRequest('a')),
        ...tcp.send('server', build.upgradeResponse()),
      ];
      const stream = sent.flatMap(([whole], index) => {
        const { mask, size, between } = frames[index % frames.length] as (typeof frames)[number];
        const header = mask === undefined ? {} : { mask };
        const control = between === null ? [] : [build.websocketFrame({ ...header, opcode: between }, 'ping')];
        return build.websocketFragments(header, whole, size).flatMap((part) => [part, ...control]);
      });
      const decoding = run([...packets, ...segments(tcp, 'client', build.concat(...stream), how)]);
      expect(texts(decoding)).toEqual(sent.map(([whole]) => whole));
    }),
    { seed: 7118, numRuns: 200 },
  );
});

test('HEP over TCP', () => {
  const ends = { from: { host: '10.0.0.1', port: 5060 }, to: { host: '10.0.0.2', port: 5080 } };
  fc.assert(
    fc.property(sendings, disturbance, (sent, how) => {
      const tcp = new build.TcpConnection(alice, { host: bob.host, port: 9061 }, { client: how.isn, server: 77 });
      const packets = sent.map(([whole]) => build.hep3({ ...ends, time: 0n }, whole));
      const decoding = run([...tcp.open(), ...segments(tcp, 'client', build.concat(...packets), how)]);
      expect(texts(decoding)).toEqual(sent.map(([whole]) => whole));
      expect(decoding.messages.every(({ from, to }) => from === '10.0.0.1:5060' && to === '10.0.0.2:5080')).toBe(true);
      expect(decoding.counts()['tcp-gap']).toBeUndefined();
    }),
    { seed: 9060, numRuns: 100 },
  );
});

test('bytes of any kind do no harm', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .constantFrom(
        'SIP/2.0 200 OK\r\n',
        'INVITE sip:a SIP/2.0\r\n',
        'l: 5\r\n',
        '\r\n',
        '\r\n\r\n',
        'HEP3\u00000',
        'HTTP/1.1 101 S\r\n',
      )
      .map(build.bytesOf),
    fc.constantFrom(
      build.u8(22, 3, 1, 0, 5),
      build.u8(0x81, 0xfe, 0, 40),
      build.u8(0xc1, 0x20),
      build.upgradeResponse(),
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), disturbance, fc.boolean(), (pieces, how, opened) => {
      const tcp = new build.TcpConnection(alice, bob, { client: how.isn, server: 77 });
      run([...(opened ? tcp.open() : []), ...segments(tcp, 'client', build.concat(...pieces), how)]);
    }),
    { seed: 1, numRuns: 500 },
  );
});
