// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../../core/contract/channel.ts';
import { addresses, HOST_GONE, type ServeOpen, type ServeSession } from '../../../core/contract/serve.ts';
import { browserShell } from '../../../renderer/shell/browser.ts';
import type { Shell, ShellCapture } from '../../../renderer/shell/shell.ts';

/** The page in a browser against a server that is played here: what it asks, and what it makes of the answers. */
class Socket extends EventTarget {
  static all: Socket[] = [];
  readonly address: string;
  binaryType = '';
  closed = false;

  constructor(address: string) {
    super();
    this.address = address;
    Socket.all.push(this);
    queueMicrotask(() => this.dispatchEvent(new Event('open')));
  }

  send(): void {
    // Nobody listens.
  }

  close(): void {
    this.closed = true;
    this.end(1000, '');
  }

  end(code: number, reason: string): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

interface Played {
  session: ServeSession;
  /** Status and answer of POST open. */
  opened: { status: number; body: object };
  down: boolean;
  readonly asked: (readonly [string, unknown])[];
}

let played: Played;
let shell: Shell;
let captures: ShellCapture[];
let gone: { readonly id: number; readonly text: string }[];
let problems: string[];

beforeEach(() => {
  Socket.all = [];
  sessionStorage.clear();
  const named = { id: 1, names: ['trunk.pcap'] };
  played = {
    session: { server: 'a1', version: '1.2.3', named, open: [named], uploadLimit: 1000 },
    opened: { status: 200, body: { id: 2, names: ['other.pcap'] } },
    down: false,
    asked: [],
  };
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('fetch', (address: string, { body }: { readonly body?: string } = {}) => {
    if (played.down) return Promise.reject(new TypeError('refused'));
    played.asked.push([address, body === undefined ? null : JSON.parse(body)]);
    const { status, body: answer } =
      address === addresses.session
        ? { status: 200, body: played.session }
        : address === addresses.open
          ? played.opened
          : { status: 200, body: {} };
    return Promise.resolve(Response.json(answer, { status }));
  });
  begin();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page that has just been loaded. */
function begin(): void {
  shell = browserShell();
  [captures, gone, problems] = [[], [], []];
  shell.onCapture((capture) => captures.push(capture));
  shell.onGone((how) => gone.push(how));
  shell.onProblem((text) => problems.push(text));
}

async function shown(count: number): Promise<void> {
  await vi.waitFor(() => expect(captures).toHaveLength(count));
  await Promise.resolve();
}

function questions(): ServeOpen[] {
  return played.asked.filter(([address]) => address === addresses.open).map(([, question]) => question as ServeOpen);
}

describe('a page that is loaded', () => {
  test('shows what the command named', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    expect(captures[0]).toMatchObject({ id: 1, names: ['trunk.pcap'] });
    expect(Socket.all.map(({ address }) => new URL(address).pathname)).toEqual(['/api/capture/1']);
    expect(shell.version).toBe('1.2.3');
    expect(questions()).toEqual([]);
  });

  test('with other SIP ports has it read with these', async () => {
    shell.ready({ ports: [5080] });
    await shown(1);
    expect(questions()).toEqual([{ what: { kind: 'offered', id: '' }, ports: [5080] }]);
  });

  test('again shows what it showed before; of another server’s numbers it makes nothing', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    await shell.open({ kind: 'offered', id: 'other.pcap' });
    played.session = { ...played.session, open: [...played.session.open, { id: 2, names: ['other.pcap'] }] };
    begin();
    shell.ready({ ports: [] });
    await shown(1);
    expect(captures[0]?.names).toEqual(['other.pcap']);
    played.session = { ...played.session, server: 'b2' };
    begin();
    shell.ready({ ports: [] });
    await shown(1);
    expect(captures[0]?.names).toEqual(['trunk.pcap']);
  });

  test('from a server that named nothing shows nothing, without a problem', async () => {
    played.session = { ...played.session, named: null, open: [] };
    shell.ready({ ports: [] });
    await vi.waitFor(() => expect(shell.version).toBe('1.2.3'));
    expect([captures, problems]).toEqual([[], []]);
  });

  test('and a server that does not answer: one sentence that says what to do', async () => {
    played.down = true;
    shell.ready({ ports: [] });
    await vi.waitFor(() =>
      expect(problems).toEqual([expect.stringMatching(/^“sipglass serve” does not answer.*Start it again/)]),
    );
  });
});

describe('a connection that ends', () => {
  test('by the page itself is not told', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    captures[0]?.pipe.close();
    expect(Socket.all[0]?.closed).toBe(true);
    expect(gone).toEqual([]);
  });

  test('is lost: opened again, the capture that was read is taken up', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    Socket.all[0]?.end(1006, '');
    expect(gone).toEqual([
      { id: 1, text: expect.stringMatching(/connection to “sipglass serve” is gone/) as string, host: false },
    ]);
    expect(await shell.open({ kind: 'again' })).toBe(true);
    await shown(2);
    expect(captures[1]).toMatchObject({ id: 2, names: ['trunk.pcap'] });
    expect(Socket.all[1]?.address).toBe(Socket.all[0]?.address);
    expect(questions()).toEqual([]);
  });

  test('because the host did: told as it was said, and opened again with a new one', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    Socket.all[0]?.end(HOST_GONE, 'It ran out of memory.');
    expect(gone).toMatchObject([{ id: 1, text: 'It ran out of memory.' }]);
    await shell.open({ kind: 'again' });
    expect(questions()).toEqual([{ what: { kind: 'again', id: 1 }, ports: [] }]);
    await shown(2);
  });

  test('with the server: opening again says so', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    played.down = true;
    Socket.all[0]?.end(1006, '');
    await expect(shell.open({ kind: 'again' })).rejects.toThrow(/does not answer/);
  });
});

describe('opening', () => {
  test('something else lets the one before go', async () => {
    shell.ready({ ports: [] });
    await shown(1);
    shell.use({ ports: [5070] });
    expect(await shell.open({ kind: 'sample' })).toBe(true);
    expect(questions()).toEqual([{ what: { kind: 'sample' }, ports: [5070] }]);
    expect(played.asked.at(-1)).toEqual([addresses.close, { id: 1 }]);
  });

  test('what is refused rejects with the server’s sentence', async () => {
    played.opened = { status: 404, body: { message: 'That capture is not in the directory any more.' } };
    await expect(shell.open({ kind: 'offered', id: 'x' })).rejects.toThrow(
      'That capture is not in the directory any more.',
    );
  });

  test('is given up for what was asked after it, without a word', async () => {
    const first = shell.open({ kind: 'sample' });
    const second = shell.open({ kind: 'offered', id: 'other.pcap' });
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(captures).toHaveLength(1);
  });

  test('nothing that was dropped opens nothing', async () => {
    expect(await shell.openDropped([])).toBe(false);
    expect(await shell.open({ kind: 'recent', paths: ['/x'] })).toBe(false);
  });

  test('more than the server takes is refused before it is sent', async () => {
    const file = new File([new Uint8Array(2000)], 'big.pcap');
    await expect(shell.openDropped([file])).rejects.toThrow(/--upload-limit/);
    played.session = { ...played.session, uploadLimit: 0 };
    await expect(shell.openDropped([file])).rejects.toThrow(/started so/);
  });
});

describe('what leaves the page', () => {
  test('a document is saved whole, under its name, never shown by the browser', async () => {
    const blobs: Blob[] = [];
    const clicked: HTMLAnchorElement[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:x';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      clicked.push(this);
    });
    const reused = new Uint8Array(3);
    const client = {
      ask: (_method: string, _params: object, { onChunk }: { readonly onChunk: (bytes: Uint8Array) => void }) => {
        for (const value of [1, 2]) onChunk(reused.fill(value));
        return Promise.resolve({ rows: 1 });
      },
    } as unknown as Client;
    const saved = await shell.save({ id: 1, client }, 'calls.html', {
      method: 'exportTable',
      params: { what: 'calls', format: 'csv' },
    });
    expect(saved).toEqual({ name: 'calls.html', bytes: 6 });
    expect(clicked.map(({ download }) => download)).toEqual(['calls.html']);
    expect(blobs[0]?.type).toBe('application/octet-stream');
    expect([...new Uint8Array((await blobs[0]?.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual([1, 1, 1, 2, 2, 2]);
  });

  test('copying where the browser has no clipboard for this page says why', async () => {
    vi.stubGlobal('isSecureContext', false);
    await expect(shell.copyText('x')).rejects.toThrow(/ssh -L.*localhost/);
  });

  test('copying that the browser refuses says so', async () => {
    vi.stubGlobal('isSecureContext', true);
    const writeText = vi.fn<() => Promise<void>>(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    await expect(shell.copyText('x')).rejects.toThrow(/did not let this be copied \(it was not allowed\)/);
  });
});
