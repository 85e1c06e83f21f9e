import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { ContractError } from '../../contract/api.ts';
import type { LiveOptions } from '../../contract/live.ts';
import { liveName } from '../../contract/live-name.ts';
import { NAMED, type ServedFile, type ServeOpen } from '../../contract/serve.ts';
import { visible } from '../../ladder/visible.ts';
import type { Source } from './captures.ts';
import { capturesIn } from './directory.ts';
import type { Uploads } from './uploads.ts';

export interface OfferOptions {
  /** Captures that the command named, merged by time; [] for none. */
  readonly named: readonly string[];
  /** What the command captures, in place of what it named. */
  readonly live?: LiveOptions;
  /** Where more may be opened from; null for nowhere. */
  readonly directory: string | null;
  readonly sample: string | null;
}

/** What may be opened, and nothing else: what the command named, its directory, the sample, files that pages sent. */
export class Offers {
  readonly named: Source | null;
  private readonly options: OfferOptions;
  private readonly uploads: Uploads;

  constructor(options: OfferOptions, uploads: Uploads) {
    this.options = options;
    this.uploads = uploads;
    const { named, live } = options;
    this.named = live === undefined ? namedOf(named) : fromLive(live);
  }

  /** What a page can choose from. */
  async list(): Promise<readonly ServedFile[]> {
    const listed: ServedFile[] = [];
    if (this.named !== null) {
      const stats = await Promise.all(this.options.named.map((name) => stat(name).catch(() => null)));
      listed.push({
        id: NAMED,
        name: this.named.names.join(', '),
        bytes: stats.reduce((sum, file) => sum + (file?.size ?? 0), 0),
        modifiedAt: Math.round(Math.max(0, ...stats.map((file) => file?.mtimeMs ?? 0))),
      });
    }
    const { directory } = this.options;
    const found = directory === null ? [] : await capturesIn(directory);
    return [...listed, ...found.map(({ id, name, bytes, modifiedAt }) => ({ id, name, bytes, modifiedAt }))];
  }

  /** Throws, or rejects with, ContractError `not-found` for what is not offered. */
  source(what: Exclude<ServeOpen['what'], { readonly kind: 'again' }>): Source | Promise<Source> {
    switch (what.kind) {
      case 'sample':
        if (this.options.sample === null)
          throw new ContractError('not-found', 'The sample is not part of this installation.');
        return fromFiles('sample', [this.options.sample]);
      case 'offered':
        return what.id === NAMED && this.named !== null ? this.named : this.fromDirectory(what.id);
      case 'uploads':
        return this.fromUploads(what.ids);
      default:
        return what;
    }
  }

  private async fromDirectory(id: string): Promise<Source> {
    const { directory } = this.options;
    // Looked for among what is offered now: an id is a name to compare with, never a path to follow.
    const found = directory === null ? [] : await capturesIn(directory);
    const file = found.find((one) => one.id === id);
    if (file === undefined) throw new ContractError('not-found', 'That capture is not in the directory any more.');
    return fromFiles(`file:${id}`, [file.path]);
  }

  private fromUploads(ids: readonly string[]): Source {
    const paths = ids.map((id) => this.uploads.path(id)).filter((path) => path !== null);
    if (paths.length === 0 || paths.length !== ids.length)
      throw new ContractError('not-found', 'The file that was sent is not there any more; send it again.');
    const key = `uploads:${ids.join(',')}`;
    return { ...fromFiles(key, paths), release: () => void this.uploads.remove(ids) };
  }
}

function fromFiles(key: string, inputs: readonly string[]): Source {
  const names = inputs.map((name) => (name === '-' ? 'standard input' : visible(basename(name))));
  return { key, names, inputs, stays: false, once: false, release: null };
}

function namedOf(named: readonly string[]): Source | null {
  return named.length === 0 ? null : { ...fromFiles('named', named), stays: true, once: named.includes('-') };
}

function fromLive(live: LiveOptions): Source {
  const names = [visible(liveName(live.source))];
  return { ...fromFiles('named', []), names, stays: true, once: true, live };
}
