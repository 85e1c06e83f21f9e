import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { WebSocketServer, WebSocket } from 'ws';
import { afterEach, describe, expect, test } from 'vitest';
import { ContractError } from '../../core/contract/api.ts';
import { connect, MAX_QUESTIONS, serve, type Client, type Handlers } from '../../core/contract/channel.ts';
import { decodeFrame, encodeFrame, type Frame } from '../../core/contract/frame.ts';
import { memoryPair, portPipe, socketPipe, type Pipe } from '../../core/contract/pipe.ts';

/** One suite for every pipe: what holds for one has to hold for all. */
const pipes: Readonly<Record<string, () => Promise<{ pair: [Pipe, Pipe]; end: () => void }>>> = {
  'in memory': () => Promise.resolve({ pair: memoryPair(), end: () => undefined }),
  'over a MessagePort': () => {
    const { port1, port2 } = new MessageChannel();
    return Promise.resolve({ pair: [portPipe(port1), portPipe(port2)], end: () => port1.close() });
  },
  'over a WebSocket': async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new TypeError('no address');
    const accepted = once(server, 'connection');
    const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
    await once(client, 'open');
    const [socket] = (await accepted) as [WebSocket];
    return {
      pair: [socketPipe(client), socketPipe(socket)],
      end: () => {
        client.terminate();
        server.close();
      },
    };
  },
};

const idle = { packets: 0, messages: 0, calls: 0, bytesRead: 0, bytesTotal: null, start: null, end: null, done: false };

/** A host that answers a few methods; the others are never asked here. */
function host(parts: Partial<Handlers>): Handlers {
  return parts as Handlers;
}

describe.each(Object.entries(pipes))('%s', (_name, make) => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  async function linked(
    parts: Partial<Handlers>,
  ): Promise<{ client: Client; emit: ReturnType<typeof serve>; pipe: Pipe }> {
    const { pair, end } = await make();
    ends.push(end);
    const emit = serve(pair[1], host(parts));
    return { client: connect(pair[0]), emit, pipe: pair[0] };
  }

  test('a question is answered, several at once each with its own answer', async () => {
    const { client } = await linked({
      message: (which) => {
        if ('frame' in which && which.frame === 3)
          throw new ContractError('not-found', 'there is no SIP message in frame 3');
        return [];
      },
      progress: () => ({ ...idle, packets: 7 }),
    });
    const [a, b, c] = await Promise.allSettled([
      client.ask('message', { frame: 1 }),
      client.ask('message', { frame: 3 }),
      client.ask('progress', {}),
    ]);
    expect(a).toEqual({ status: 'fulfilled', value: [] });
    expect(b).toMatchObject({
      status: 'rejected',
      reason: { code: 'not-found', message: 'there is no SIP message in frame 3' },
    });
    expect(c).toMatchObject({ value: { packets: 7 } });
  });

  test('chunks arrive whole, in order, all before the answer, and wait for a slow taker', async () => {
    let sent = 0;
    const { client } = await linked({
      exportTable: async (_params, answering) => {
        for (let i = 0; i < 20; i++) {
          await answering.chunk(new Uint8Array(1000).fill(i));
          sent += 1;
        }
        return { rows: 20 };
      },
    });
    const got: number[] = [];
    let ahead = 0;
    const result = await client.ask(
      'exportTable',
      { what: 'messages', format: 'ndjson' },
      {
        onChunk: async (bytes) => {
          await new Promise((resolve) => {
            setTimeout(resolve, 2);
          });
          ahead = Math.max(ahead, sent - got.length);
          expect(bytes.every((byte) => byte === got.length)).toBe(true);
          got.push(bytes.length);
        },
      },
    );
    expect(result).toEqual({ rows: 20 });
    expect(got).toHaveLength(20);
    expect(ahead).toBeLessThanOrEqual(6);
  });

  test('a cancelled question ends as cancelled, and its handler hears of it', async () => {
    let heard = false;
    const { client } = await linked({
      messages: (_params, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            heard = true;
            resolve({ rows: [], total: 0 });
          });
        }),
    });
    const stop = new AbortController();
    const asked = client.ask('messages', { from: 0, count: 1 }, { signal: stop.signal });
    setTimeout(() => stop.abort(), 5);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(heard).toBe(true);
    const late = client.ask('messages', { from: 0, count: 1 }, { signal: stop.signal });
    await expect(late).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('events reach whoever listens', async () => {
    const { client, emit } = await linked({ progress: () => idle });
    const texts: string[] = [];
    client.on('warning', ({ text }) => texts.push(text));
    emit('warning', { text: 'cut short' });
    await client.ask('progress', {});
    expect(texts).toEqual(['cut short']);
  });

  test('an unknown method, a bug in a handler and rubbish on the pipe do no harm', async () => {
    const { client, pipe } = await linked({
      stats: () => {
        throw new TypeError('a bug');
      },
      progress: () => idle,
    });
    pipe.send(new Uint8Array([1, 2, 3]));
    pipe.send(new Uint8Array([0, 0, 0, 2, 0x7b, 0x7b]));
    pipe.send(encodeFrame({ kind: 'cancel', id: 99 }));
    await expect(client.ask('toString' as 'stats', {})).rejects.toMatchObject({ code: 'bad-request' });
    await expect(client.ask('stats', {})).rejects.toMatchObject({ code: 'internal' });
    await expect(client.ask('progress', {})).resolves.toEqual(idle);
  });

  test('when the host goes, open questions fail instead of waiting for ever', async () => {
    const { pair } = await make();
    serve(pair[1], host({ stats: () => new Promise<never>(Boolean) }));
    const client = connect(pair[0]);
    const asked = client.ask('stats', {});
    setTimeout(() => pair[1].close(), 5);
    await expect(asked).rejects.toMatchObject({ message: 'the capture host is gone' });
    await expect(client.ask('progress', {})).rejects.toMatchObject({ message: 'the capture host is gone' });
  });
});

describe('a hostile asker', () => {
  /** Frames that came back, and a way to send any. */
  function strange(parts: Partial<Handlers>): {
    send: (frame: Frame) => void;
    got: Frame[];
    settled: () => Promise<void>;
  } {
    const [ours, theirs] = memoryPair();
    serve(theirs, host(parts));
    const got: Frame[] = [];
    ours.receive((bytes) => {
      const decoded = decodeFrame(bytes);
      if (decoded !== null) got.push(decoded.frame);
    });
    return {
      send: (frame) => ours.send(encodeFrame(frame)),
      got,
      settled: () =>
        new Promise((resolve) => {
          setTimeout(resolve, 5);
        }),
    };
  }

  test('has no more questions answered at a time than the limit; when some are done, others have their turn', async () => {
    const open: (() => void)[] = [];
    const { send, got, settled } = strange({
      progress: () =>
        new Promise((resolve) => {
          open.push(() => resolve(idle));
        }),
    });
    for (let id = 0; id < MAX_QUESTIONS + 50; id++) send({ kind: 'call', id, method: 'progress', params: {} });
    await settled();
    expect(open).toHaveLength(MAX_QUESTIONS);
    expect(got).toHaveLength(50);
    expect(got.every((frame) => frame.kind === 'error' && frame.code === 'bad-request')).toBe(true);
    for (const finish of open.splice(0)) finish();
    await settled();
    send({ kind: 'call', id: 0, method: 'progress', params: {} });
    await settled();
    expect(open).toHaveLength(1);
  });

  test('cannot have two questions under one number', async () => {
    let asked = 0;
    const { send, got, settled } = strange({
      progress: () => {
        asked += 1;
        return new Promise<never>(Boolean);
      },
    });
    for (let times = 0; times < 3; times++) send({ kind: 'call', id: 7, method: 'progress', params: {} });
    await settled();
    expect(asked).toBe(1);
    expect(got).toEqual([
      expect.objectContaining({ id: 7, message: 'question 7 is being answered already' }),
      expect.objectContaining({ id: 7 }),
    ]);
  });

  test('asks for more and more chunks, and gets no more than wait for a good one', async () => {
    let sent = 0;
    const { send, got, settled } = strange({
      exportTable: async (_params, answering) => {
        for (; sent < 1000; sent++) await answering.chunk(new Uint8Array(8));
        return { rows: 0 };
      },
    });
    send({ kind: 'call', id: 1, method: 'exportTable', params: {} });
    for (let times = 0; times < 500; times++) send({ kind: 'more', id: 1 });
    await settled();
    expect(sent).toBeLessThan(12);
    expect(got.every(({ kind }) => kind === 'chunk')).toBe(true);
  });

  test.each([1e308, -1, 0.5, Number.MAX_SAFE_INTEGER + 2, -0])('number %d is as good as any other', async (id) => {
    const { send, got, settled } = strange({ progress: () => idle });
    for (let times = 0; times < 1000; times++) send({ kind: 'cancel', id });
    send({ kind: 'call', id, method: 'progress', params: {} });
    await settled();
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({ kind: 'result', value: idle });
  });
});

test('a frame survives the way into bytes and back, and every shorter one is refused', () => {
  const bytes = encodeFrame({ kind: 'chunk', id: 5 }, new Uint8Array([1, 2, 3]));
  expect(decodeFrame(bytes)).toEqual({ frame: { kind: 'chunk', id: 5 }, raw: new Uint8Array([1, 2, 3]) });
  for (let end = 0; end < bytes.length - 3; end++) expect(decodeFrame(bytes.subarray(0, end))).toBeNull();
});
