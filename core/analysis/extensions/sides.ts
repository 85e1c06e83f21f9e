import type { Spoken } from './spoken.ts';

/** Names of one kind that are kept of one side. */
const MOST_NAMES = 100;
const LONGEST = 100;

/** What one side said it can and demands, over the whole call. */
export interface Side {
  readonly byCaller: boolean;
  /** Row of its first message. */
  readonly row: number;
  readonly userAgent: string | null;
  readonly supported: readonly string[];
  readonly required: readonly string[];
  readonly proxyRequired: readonly string[];
  readonly allow: readonly string[];
  readonly events: readonly string[];
}

/** The sides that said something, the caller first. */
export function sidesOf(spoken: readonly Spoken[]): Side[] {
  return [true, false].flatMap((byCaller) => {
    const own = spoken.filter((one) => one.byCaller === byCaller);
    const [first] = own;
    if (first === undefined) return [];
    const agent = own
      .map(({ message }) => message.header(message.isRequest ? 'User-Agent' : 'Server') ?? message.header('User-Agent'))
      .find((text) => text !== null);
    return {
      byCaller,
      row: first.row,
      userAgent: agent?.slice(0, LONGEST) ?? null,
      supported: names(own, 'Supported'),
      required: names(own, 'Require'),
      proxyRequired: names(own, 'Proxy-Require'),
      allow: names(own, 'Allow'),
      events: names(own, 'Allow-Events'),
    };
  });
}

/** Values of a list header over several messages, each once, in order of appearance. */
export function names(spoken: readonly Spoken[], header: string): string[] {
  const found = new Set<string>();
  for (const { message } of spoken)
    for (const value of message.headerValues(header)) {
      const name = value.replace(/;.*$/su, '').trim().slice(0, LONGEST);
      if (name !== '' && found.size < MOST_NAMES) found.add(name);
    }
  return [...found];
}
