import fc from 'fast-check';
import { join } from 'node:path';
import type * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MethodName, Methods } from '../../core/contract/api.ts';
import { connect, serve, type Client, type Handlers } from '../../core/contract/channel.ts';
import { memoryPair } from '../../core/contract/pipe.ts';
import { bounds, schemas } from '../../core/host/guard-schemas.ts';
import { guarded } from '../../core/host/guard.ts';
import { CaptureHost } from '../../core/host/handlers.ts';

/** Behind a pipe of strangers: what no question takes is refused in one sentence, and never reaches the code behind. */
const sample = join(import.meta.dirname, '..', '..', 'fixtures', 'states.pcap');
const names = Object.keys(schemas) as MethodName[];

/** Without `readonly`, with intersections written out, and with a mark on what may be absent: such types are the same where each fits the other. */
type Plain<Type> =
  Type extends Record<string, never>
    ? 'nothing'
    : Type extends object
      ? {
          -readonly [Key in keyof Type]-?: object extends Pick<Type, Key>
            ? ['may be absent', Plain<Type[Key]>]
            : Plain<Type[Key]>;
        }
      : Type;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Disagreeing = {
  [Name in MethodName]: Same<Plain<v.InferOutput<(typeof schemas)[Name]>>, Plain<Methods[Name]['params']>> extends true
    ? never
    : Name;
}[MethodName];

/** Handlers that only note that they were reached. */
function reached(): { readonly handlers: Handlers; readonly got: Map<string, unknown> } {
  const got = new Map<string, unknown>();
  const all = names.map((name) => [name, (params: unknown) => got.set(name, params)] as const);
  return { handlers: guarded(Object.fromEntries(all) as unknown as Handlers), got };
}

const answering = { signal: new AbortController().signal, chunk: () => Promise.resolve() };

function ask(handlers: Handlers, name: MethodName, params: unknown): unknown {
  return (handlers[name] as (params: unknown, how: typeof answering) => unknown)(params, answering);
}

test('schemas and methods agree, field by field: a field added to one only does not compile', () => {
  const none: [Disagreeing] extends [never] ? 'none' : Disagreeing = 'none';
  expect(none).toBe('none');
});

describe('the guard', () => {
  test.each([
    ['calls', { from: 0, count: 50, sort: { by: 'header:X-Trunk', descending: true }, headers: ['X-Trunk'] }],
    ['calls', { from: 0, count: bounds.rows, filter: 'problem' }],
    ['message', { row: 4 }],
    ['message', { frame: 4 }],
    ['diff', { rows: [1, 2] }],
    ['ladder', { calls: [1, 'abc@host'], hosts: [{ name: 'A', role: null, ends: [{ address: '::1', port: null }] }] }],
    ['exportTable', { what: 'calls', format: 'csv', columns: ['start', 'header:To'], calls: [1] }],
    ['save', { target: 'x', method: 'extract', params: { calls: [1], media: false } }],
    ['exportAudio', { streams: [1, [2, 3]], format: 'wav', bufferMs: 60, part: { from: 0.5, seconds: 30 } }],
    ['save', { target: 'x', method: 'exportAudio', params: { streams: [1], format: 'ogg', channel: 0 } }],
    ['waveform', { streams: [1], asSent: true, buckets: 1000 }],
    ['opened', {}],
    ['liveState', {}],
    ['callChanges', { since: 0, filter: 'problem' }],
    ['checkBpf', { bpf: 'port 5060' }],
    ['forgetLeft', { files: ['/tmp/x/a.pcapng'] }],
    ['save', { target: 'x', method: 'exportCapture', params: {} }],
  ] as const)('lets through what a page asks: %s %j', (name, params) => {
    const { handlers, got } = reached();
    ask(handlers, name, params);
    expect(got.get(name)).toEqual(params);
  });

  test.each([
    ['calls', { from: 0, count: bounds.rows + 1 }, '“count”'],
    ['calls', { from: -1, count: 1 }, '“from”'],
    ['calls', { from: 0.5, count: 1 }, '“from”'],
    ['calls', { from: 0, count: 1, sort: { by: 'constructor', descending: false } }, '“sort.by”'],
    ['calls', { from: 0, count: 1, headers: Array.from({ length: bounds.headers + 1 }, () => 'To') }, '“headers”'],
    ['calls', { from: 0, count: 1, more: 1 }, '“more”'],
    ['stats', { filter: 'x'.repeat(bounds.filter + 1) }, '“filter”'],
    ['timeline', { buckets: 2001 }, '“buckets”'],
    ['diff', { rows: [1, 2, 3] }, 'its parameters'],
    ['exportLadder', { calls: [1], format: 'svg', theme: 'blue' }, '“theme”'],
    ['save', { target: 'x', method: 'open', params: {} }, '“method”'],
    ['exportAudio', { streams: [1, 2, 3], format: 'wav' }, '“streams”'],
    ['exportAudio', { streams: [], format: 'wav' }, '“streams”'],
    ['exportAudio', { streams: [1], format: 'mp3' }, '“format”'],
    ['exportAudio', { streams: [1], format: 'wav', part: { from: -1, seconds: 1 } }, '“part.from”'],
    ['waveform', { streams: [1], buckets: 1e6 }, '“buckets”'],
    ['waveform', { streams: [1], buckets: 10, bufferMs: 501 }, '“bufferMs”'],
    ['checkBpf', { bpf: 'x'.repeat(bounds.filter + 1) }, '“bpf”'],
    ['forgetLeft', { files: 'all' }, '“files”'],
    ['callChanges', { since: -1 }, '“since”'],
    ['progress', null, 'its parameters'],
  ] as const)('refuses what is no %s: %#', (name, params, place) => {
    const { handlers, got } = reached();
    expect(() => ask(handlers, name, params)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(place) as string }) as Error,
    );
    expect(got.size).toBe(0);
  });

  test('refuses to open files for whoever asks', () => {
    const { handlers, got } = reached();
    expect(() => ask(handlers, 'open', { inputs: ['/etc/passwd'] })).toThrow(/was given its capture already/);
    expect(got.size).toBe(0);
  });

  test('says one line, however the wrong parameters are named', () => {
    const { handlers } = reached();
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        (name, params) => {
          try {
            ask(handlers, name, params);
          } catch (error) {
            expect(error).toMatchObject({ code: 'bad-request' });
            expect((error as Error).message).toMatch(/^\P{Cc}{1,400}$/u);
          }
        },
      ),
    );
  });
});

describe('a host behind the guard', () => {
  const host = new CaptureHost();
  let client: Client;
  beforeAll(async () => {
    const [ours, theirs] = memoryPair();
    serve(theirs, guarded(host.handlers));
    client = connect(ours);
    await host.handlers.open({ inputs: [sample] }, answering);
    await client.ask('done', {});
  });
  afterAll(() => host.close());

  const odd = fc.oneof(
    fc.constantFrom(0, 1, 2, 40, 2 ** 31, 2 ** 32 - 1, '', '1', 'method:INVITE', '((', 'header:To', 'header:', 'start'),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.oneof(fc.nat(50), fc.string()), { maxLength: 4 }),
  );
  const keys = [
    'from',
    'count',
    'filter',
    'method',
    'sort',
    'headers',
    'call',
    'calls',
    'row',
    'rows',
    'frame',
    'a',
    'b',
  ];
  const more = ['what', 'format', 'columns', 'buckets', 'at', 'order', 'lanes', 'scale', 'of', 'width', 'target'];
  const rubbish = fc.record(Object.fromEntries([...keys, ...more].map((key) => [key, odd])), { requiredKeys: [] });

  test('whatever is asked, the answer is one or says what is wrong with the question: never a bug', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), rubbish), async (name, params) => {
        try {
          await client.ask(name, params as Methods[typeof name]['params']);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ContractError' });
          expect((error as { code: string }).code, String(error)).not.toBe('internal');
        }
      }),
      { numRuns: 600 },
    );
  });
});
