/** A message in full as plain data: what `sipglass message` prints and a detail view shows. */
import { wireText } from '../bytes/text.ts';
import type { Part } from './sip-body.ts';
import type { Noted, SipHeader } from './sip-lines.ts';
import { readMessage } from './sip-message.ts';

/** A header without what only readers of the bytes need. */
export type DescribedHeader = Omit<SipHeader, 'valueAt'>;
export type DescribedPart = Omit<Part, 'headers'> & { readonly headers: readonly DescribedHeader[] };

export interface Description {
  readonly startLine: string;
  readonly headers: readonly DescribedHeader[];
  /** One part, or those of a multipart body, nested ones in line. Empty without a body. */
  readonly parts: readonly DescribedPart[];
  readonly faults: readonly Noted[];
  /** The message as text, line ends as on the wire. */
  readonly raw: string;
}

/** Describes the message that fills `bytes`. Never throws on what they hold. */
export function describe(bytes: Uint8Array): Description {
  const message = readMessage(bytes);
  const { startLine, faults } = message;
  return {
    startLine,
    headers: message.headers.map(described),
    parts: message.parts.map((part) => ({ ...part, headers: part.headers.map(described) })),
    faults,
    // A body that is not UTF-8 does not spoil the headers.
    raw: wireText(bytes.subarray(0, message.bodyAt)) + wireText(bytes.subarray(message.bodyAt)),
  };
}

function described({ name, canonical, value, at, end }: SipHeader): DescribedHeader {
  return { name, canonical, value, at, end };
}
