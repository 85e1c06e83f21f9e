import { utf8 } from '../../core/bytes/text.ts';
import type {
  BytesTest,
  CallNumber,
  CallText,
  Cancel,
  Derivation,
  FilterSource,
  MessageNumber,
  MessageText,
  NumberColumn,
  TextColumn,
} from '../../core/filter/index.ts';

/** One message of a small table: its text, and what no parser is needed for. */
export interface TableMessage {
  readonly call: number;
  readonly text: string;
  readonly numbers: Partial<Record<MessageNumber, number>>;
  readonly texts: Partial<Record<MessageText, string>>;
}

export interface TableCall {
  readonly numbers: Partial<Record<CallNumber, number>>;
  readonly texts: Partial<Record<CallText, string>>;
}

/** A filter source over a few messages held as text. Counts what is asked of it. */
export class TableSource implements FilterSource {
  readonly calls: number;
  readonly base = 1_795_428_000;
  readonly start = 250_000_000;
  derivations = 0;
  scans = 0;
  private readonly messages: readonly TableMessage[];
  private readonly callList: readonly TableCall[];

  /** @param calls by call number, from 1. */
  constructor(messages: readonly TableMessage[], calls: readonly TableCall[]) {
    this.messages = messages;
    this.callList = calls;
    this.calls = calls.length;
  }

  get count(): number {
    return this.messages.length;
  }

  readonly callOf: NumberColumn = { get: (row) => this.messages[row]?.call ?? 0 };

  number(name: MessageNumber | CallNumber): NumberColumn {
    return {
      get: (index) => {
        const own = this.messages[index]?.numbers as Partial<Record<string, number>> | undefined;
        const call = this.callList[index - 1]?.numbers as Partial<Record<string, number>> | undefined;
        return (isCallNumber(name) ? call?.[name] : own?.[name]) ?? Number.NaN;
      },
    };
  }

  text(name: MessageText | CallText): TextColumn {
    return name === 'state' || name === 'call.method'
      ? column([null, ...this.callList.map((call) => call.texts[name] ?? null)])
      : column(this.messages.map((message) => message.texts[name] ?? null));
  }

  derive(parts: readonly Derivation[], _cancel: Cancel): Promise<readonly TextColumn[]> {
    this.derivations += 1;
    return Promise.resolve(parts.map((part) => column(this.messages.map((message) => derived(message.text, part)))));
  }

  scan(tests: readonly BytesTest[], mark: (test: number, row: number) => void, cancel: Cancel): Promise<void> {
    this.scans += 1;
    for (const [row, message] of this.messages.entries()) {
      if (cancel.aborted) break;
      const bytes = utf8(message.text);
      const body = utf8(message.text.slice(0, message.text.indexOf('\r\n\r\n') + 4)).length;
      // Rubbish before and behind, so that a test which looks there is found out.
      const padded = utf8(`needle ${message.text} needle`);
      for (const [i, test] of tests.entries()) {
        const from = test.region === 'body' ? body : 0;
        if (from < bytes.length && test.test(padded, from + 7, bytes.length + 7)) mark(i, row);
      }
    }
    return Promise.resolve();
  }
}

const CALL_NUMBERS: readonly string[] = [
  'call',
  'duration',
  'ringing',
  'answer',
  'span',
  'hops',
  'messages',
  'call.status',
  'call.retransmissions',
  'findings',
  'partial',
] satisfies CallNumber[];

function isCallNumber(name: string): boolean {
  return CALL_NUMBERS.includes(name);
}

function column(values: readonly (string | null)[]): TextColumn {
  const ids = new Map<string, number>();
  const texts: (string | null)[] = [null];
  const rows = values.map((value) => {
    if (value === null) return 0;
    const known = ids.get(value);
    if (known !== undefined) return known;
    ids.set(value, texts.length);
    return texts.push(value) - 1;
  });
  return { get: (row) => rows[row] ?? 0, size: texts.length, text: (id) => texts[id] ?? null };
}

function derived(text: string, { place, header, part }: Derivation): string | null {
  const head = (text.split('\r\n\r\n')[0] as string).split('\r\n');
  const first = head[0] as string;
  const isRequest = !first.startsWith('SIP/');
  if (place === 'request-line') return isRequest ? first : null;
  if (place === 'status-line') return isRequest ? null : first;
  if (place === 'reason') return isRequest ? null : first.split(' ').slice(2).join(' ');
  if (place === 'request-uri') return isRequest ? ofUri(first.split(' ')[1] as string, part) : null;
  const lines = head.slice(1).filter((line) => line.toLowerCase().startsWith(`${header}:`));
  const found = lines.map((line) => line.slice(header.length + 1).trim());
  if (found.length === 0) return null;
  const value = found[0] as string;
  if (part === 'value') return found.join(', ');
  if (part === 'type') return (value.split(';')[0] as string).trim();
  const address = /^(?:"([^"]*)"\s*)?<([^>]*)>/u.exec(value);
  if (part === 'display') return address?.[1] ?? null;
  if (part === 'address') return address?.[0] ?? value;
  return ofUri(address?.[2] ?? value, part);
}

function ofUri(uri: string, part: Derivation['part']): string | null {
  if (part === 'value' || part === 'uri') return uri;
  const parts = /^\w+:(?:([^@]*)@)?([^:;]+)(?::(\d+))?/u.exec(uri);
  return parts?.[part === 'user' ? 1 : part === 'host' ? 2 : 3] ?? null;
}
