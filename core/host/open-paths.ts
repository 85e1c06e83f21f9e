import { Paths } from '../analysis/paths.ts';
import { fieldText } from '../decode/sip-values.ts';
import { SipHead } from '../decode/sip-head.ts';
import type { OpenCapture } from './open-capture.ts';
import type { Session } from './session.ts';
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

/** Links the requests of all hops; messages are read again only where the columns leave a choice. */
export function linkPaths({ analysis, lookBack }: Session): Paths {
  const head = new SipHead();
  return new Paths(analysis, {
    viasOf: (row) => viaList(lookBack.bytesOf(row)),
    requestUriOf: (row) => {
      const bytes = lookBack.bytesOf(row);
      head.scan(bytes, 0, bytes.length);
      return head.isRequest ? fieldText(bytes, head.uriAt, head.uriEnd) : '';
    },
  });
}
