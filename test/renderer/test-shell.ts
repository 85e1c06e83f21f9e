import { basename, join } from 'node:path';
import type { Document } from '../../core/contract/api.ts';
import { serve, type Client } from '../../core/contract/channel.ts';
import type { DesktopCommand, OpenRequest, Recent } from '../../core/contract/desktop.ts';
import { memoryPair } from '../../core/contract/pipe.ts';
import { CaptureHost } from '../../core/host/handlers.ts';
import type { Saved, Shell, ShellCapture } from '../../renderer/shell/shell.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');

/**
 * Surroundings for tests: captures are opened in real hosts in this process. What a user would choose in a dialog is set
 * before (`chosen`), and what would go to the disk or the clipboard is kept to be looked at.
 */
export class TestShell {
  readonly kind = 'browser';
  readonly platform = 'linux';
  readonly version = 'test';
  /** What the next file dialog answers. */
  chosen: readonly string[] = [];
  recent: readonly Recent[] = [];
  readonly saved: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  readonly texts: string[] = [];
  readonly pictures: Uint8Array[] = [];
  readonly requests: unknown[] = [];
  readonly ports: (readonly number[])[] = [];
  captured: (capture: ShellCapture) => void = () => undefined;
  gone: (gone: { readonly id: number; readonly text: string }) => void = () => undefined;
  problem: (text: string) => void = () => undefined;
  command: (command: DesktopCommand) => void = () => undefined;
  private readonly hosts: CaptureHost[] = [];
  private lastId = 0;

  readonly shell: Shell = {
    kind: this.kind,
    platform: this.platform,
    version: this.version,
    ready: ({ ports }) => void this.ports.push(ports),
    use: ({ ports }) => void this.ports.push(ports),
    onCapture: (handler) => {
      this.captured = handler;
    },
    onGone: (handler) => {
      this.gone = handler;
    },
    onProblem: (handler) => {
      this.problem = handler;
    },
    onCommand: (handler) => {
      this.command = handler;
    },
    open: (request) => Promise.resolve(this.open(request)),
    openDropped: (files) => Promise.resolve(this.start(files.map(({ name }) => join(fixtures, name)))),
    closeCapture: () => this.end(),
    recents: () => Promise.resolve(this.recent),
    forgetRecent: (paths) => {
      this.recent = paths === null ? [] : this.recent.filter((one) => one.paths !== paths);
      return Promise.resolve();
    },
    offered: () => Promise.resolve([]),
    save: ({ client }, name, document) => this.save(client, name, document),
    copyText: (text) => Promise.resolve(void this.texts.push(text)),
    copyPng: (bytes) => Promise.resolve(void this.pictures.push(bytes)),
  };

  /** Ends all hosts. */
  async end(): Promise<void> {
    await Promise.all(this.hosts.splice(0).map((host) => host.close()));
  }

  private open(request: OpenRequest | { readonly kind: 'offered'; readonly id: string }): boolean {
    this.requests.push(request);
    if (request.kind === 'sample') return this.start([join(fixtures, 'sample-day.pcapng')]);
    if (request.kind === 'recent') return this.start(request.paths);
    return request.kind === 'dialog' && this.start(this.chosen);
  }

  /** As both real shells do: the capture comes at once, and what is wrong with it comes by `opened`. */
  private start(paths: readonly string[]): boolean {
    if (paths.length === 0) return false;
    const host = new CaptureHost();
    this.hosts.push(host);
    const [ours, theirs] = memoryPair();
    host.tell(serve(theirs, host.handlers));
    const { signal } = new AbortController();
    const opening = host.handlers.open({ inputs: paths }, { signal, chunk: () => Promise.resolve() });
    Promise.resolve(opening).catch(() => undefined);
    this.lastId += 1;
    this.captured({ id: this.lastId, names: paths.map((path) => basename(path)), pipe: ours });
    return true;
  }

  private async save(client: Client, name: string, document: Document): Promise<Saved> {
    const chunks: Uint8Array[] = [];
    const asking = { onChunk: (chunk: Uint8Array) => void chunks.push(chunk.slice()) };
    if (document.method === 'exportLadder') await client.ask('exportLadder', document.params, asking);
    else if (document.method === 'exportTable') await client.ask('exportTable', document.params, asking);
    else if (document.method === 'exportAudio') await client.ask('exportAudio', document.params, asking);
    else if (document.method === 'exportPath') await client.ask('exportPath', document.params, asking);
    else if (document.method === 'exportCharts') await client.ask('exportCharts', document.params, asking);
    else await client.ask('extract', document.params, asking);
    const bytes = new Uint8Array(Buffer.concat(chunks));
    this.saved.push({ name, bytes });
    return { name, bytes: bytes.length };
  }
}

export const surroundings = new TestShell();
