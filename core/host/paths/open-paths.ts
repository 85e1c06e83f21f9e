import { Paths } from '../../analysis/paths/paths.ts';
import { fieldText } from '../../decode/sip-values.ts';
import { SipHead } from '../../decode/sip-head.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import type { OpenCapture } from '../open-capture.ts';
import type { Session } from '../session.ts';
import { viaList } from './via-list.ts';

const known = new WeakMap<OpenCapture, Paths>();

/** The paths of a capture that was read to its end; linked when first asked for. */
export function pathsOf(open: OpenCapture): Paths {
  let paths = known.get(open);
  if (paths === undefined) {
    paths = linkPaths(open.session);
    known.set(open, paths);
  }
  return paths;
}

/** Messages up to which all paths are linked for the sake of a few: that is as good as at once, and they are there for the next. */
const FEW = 200_000;
/** The paths of the calls that were asked for last. */
const near = new WeakMap<OpenCapture, { readonly key: string; readonly paths: Paths }>();

/** The paths of some calls; of the whole capture where they are there already, or quickly made. Their numbers mean nothing. */
export function pathsOfCalls(open: OpenCapture, calls: readonly number[]): Paths {
  const whole = known.get(open);
  if (whole !== undefined || open.session.analysis.messages.count <= FEW) return whole ?? pathsOf(open);
  const key = calls.join(' ');
  const last = near.get(open);
  if (last?.key === key) return last.paths;
  const rows = Uint32Array.from(calls.flatMap((call) => rowsOf(open.session, call))).sort();
  const paths = linkPaths(open.session, rows);
  near.set(open, { key, paths });
  return paths;
}

/** Links the requests of all hops; messages are read again only where the columns leave a choice. */
export function linkPaths({ analysis, lookBack }: Session, rows: Uint32Array | null = null): Paths {
  const head = new SipHead();
  const reader = {
    viasOf: (row: number) => viaList(lookBack.bytesOf(row)),
    requestUriOf: (row: number) => {
      const bytes = lookBack.bytesOf(row);
      head.scan(bytes, 0, bytes.length);
      return head.isRequest ? fieldText(bytes, head.uriAt, head.uriEnd) : '';
    },
  };
  return new Paths(analysis, reader, rows);
}
