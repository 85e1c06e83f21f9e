import type { MessageRow } from '../../core/contract/model.ts';

/** A SIP message as the independent decoder (tshark) saw it. */
export interface OracleMessage {
  readonly frame: number;
  readonly time_epoch: string;
  readonly src: string;
  readonly sport: number;
  readonly dst: string;
  readonly dport: number;
  readonly method?: string | null;
  readonly status?: number | null;
  readonly cseq?: string | null;
  readonly callid?: string | null;
  readonly from_tag?: string | null;
  readonly to_tag?: string | null;
  readonly via_branches?: readonly string[] | null;
  readonly start_line_only?: boolean;
  readonly layers?: string;
}

export interface Difference {
  readonly frame: number;
  /** `missing`, `extra`, or the names of the fields that differ. */
  readonly kind: string;
  readonly text: string;
}

interface Comparable {
  readonly frame: number;
  readonly ts: string;
  readonly key: string;
  readonly what: string;
  readonly fields: Readonly<Record<string, string>>;
}

function valueOf(item: Comparable, name: string): string {
  if (name === 'frame') return String(item.frame);
  return name === 'ts' ? item.ts : (item.fields[name] ?? '');
}

const tidy = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

/** Epoch seconds cut (not rounded) to microseconds: some captures have nine decimals, some six. */
function micro(ts: string): string {
  const [seconds = '', fraction = ''] = ts.split('.');
  return `${seconds}.${`${fraction}000000`.slice(0, 6)}`;
}

function ours(row: MessageRow): Comparable {
  const what = row.method ?? String(row.status);
  const cseq = row.cseq ? `${row.cseq.number} ${row.cseq.method}` : '';
  return {
    frame: row.frame,
    ts: micro(row.ts),
    what,
    key: [tidy(row.callId), cseq, what, row.branches[0] ?? '', row.src, row.sport, row.dst, row.dport].join('\u0001'),
    fields: { fromTag: row.fromTag ?? '', toTag: row.toTag ?? '', branches: row.branches.join(',') },
  };
}

function theirs(row: OracleMessage): Comparable {
  const what = row.method ?? String(row.status);
  const branches = row.via_branches ?? [];
  return {
    frame: row.frame,
    ts: micro(row.time_epoch),
    what,
    key: [tidy(row.callid), tidy(row.cseq), what, branches[0] ?? '', row.src, row.sport, row.dst, row.dport].join(
      '\u0001',
    ),
    fields: { fromTag: row.from_tag ?? '', toTag: row.to_tag ?? '', branches: branches.join(',') },
  };
}

/**
 * All differences between our messages and the oracle's. They are paired by Call-ID, CSeq, method or status, top
 * branch and addresses, first those of the same frame; what the oracle could not read whole is not compared.
 */
export function differences(rows: readonly MessageRow[], oracle: readonly OracleMessage[]): Difference[] {
  const left = new Map<string, Comparable[]>();
  for (const row of rows) {
    const item = ours(row);
    const list = left.get(item.key);
    if (list) list.push(item);
    else left.set(item.key, [item]);
  }
  const found: Difference[] = [];
  for (const row of oracle) {
    if (row.start_line_only === true) continue;
    const wanted = theirs(row);
    const list = left.get(wanted.key) ?? [];
    const same = list.findIndex(({ frame }) => frame === wanted.frame);
    const [item] = list.splice(Math.max(same, 0), 1);
    if (item === undefined) {
      found.push({
        frame: wanted.frame,
        kind: 'missing',
        text: `${wanted.what} ${wanted.key.replaceAll('\u0001', ' ')}`,
      });
      continue;
    }
    const kinds = Object.keys(wanted.fields).filter((name) => wanted.fields[name] !== item.fields[name]);
    if (item.frame !== wanted.frame) kinds.push('frame');
    else if (item.ts !== wanted.ts) kinds.push('ts');
    if (kinds.length > 0) {
      const texts = kinds.map((name) => `${name}: ${valueOf(item, name)} (oracle ${valueOf(wanted, name)})`);
      found.push({ frame: wanted.frame, kind: kinds.join('+'), text: texts.join('; ') });
    }
  }
  for (const item of [...left.values()].flat()) {
    found.push({ frame: item.frame, kind: 'extra', text: `${item.what} ${item.key.replaceAll('\u0001', ' ')}` });
  }
  return found.sort((a, b) => a.frame - b.frame);
}
