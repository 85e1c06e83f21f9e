import { Flag } from '../../analysis/messages.ts';
import { readParts } from '../../decode/sip-body.ts';
import { SipHead } from '../../decode/sip-head.ts';
import { fieldText } from '../../decode/sip-values.ts';
import { sdpWords } from './sdp-words.ts';
import type { Session } from '../session.ts';

/** A start line that is longer is cut: more than this nobody shows. */
const LONGEST_LINE = 2048;
const LINE_FEED = 10;
const origin = /^o=.*$/mu;
/** Descriptions of which the words are kept: on each hop, and after each retransmission, there is the same again. */
const MOST_KEPT = 1000;

/** What an arrow says that no column holds, read out of the messages' bytes: of most messages only the first line is looked at. */
export class MessageWords {
  private readonly session: Session;
  private readonly head = new SipHead();
  private readonly latin = new TextDecoder('latin1');
  private readonly reasons = new Map<string, string>();
  private readonly descriptions = new Map<string, string>();

  constructor(session: Session) {
    this.session = session;
  }

  /** The reason phrase of the response in `row`; null for a request. */
  reason(row: number): string | null {
    const { messages } = this.session.analysis;
    if ((messages.flags.get(row) & Flag.Request) !== 0) return null;
    const bytes = this.session.lookBack.bytesOf(row);
    const most = Math.min(bytes.length, LONGEST_LINE);
    let end = 0;
    while (end < most && bytes[end] !== LINE_FEED) end++;
    const line = this.latin.decode(bytes.subarray(0, end));
    let reason = this.reasons.get(line);
    if (reason === undefined) {
      this.head.scan(bytes, 0, Math.min(end + 1, bytes.length));
      reason = this.head.isRequest ? '' : fieldText(bytes, this.head.reasonAt, Math.min(this.head.reasonEnd, end));
      if (this.reasons.size < MOST_KEPT) this.reasons.set(line, reason);
    }
    return reason;
  }

  /** The SDP of the message in `row` in a few words; null where it has none. */
  sdp(row: number): string | null {
    const { messages } = this.session.analysis;
    if ((messages.flags.get(row) & Flag.Sdp) === 0) return null;
    const bytes = this.session.lookBack.bytesOf(row);
    // The origin counts up with each offer, and is no part of the words.
    const media = this.latin.decode(bytes.subarray(messages.bodyAt.get(row))).replace(origin, '');
    let words = this.descriptions.get(media);
    if (words === undefined) {
      words = this.describe(bytes);
      if (this.descriptions.size < MOST_KEPT) this.descriptions.set(media, words);
    }
    return words === '' ? null : words;
  }

  private describe(bytes: Uint8Array): string {
    const { head } = this;
    head.scan(bytes, 0, bytes.length);
    const { contentTypeAt: valueAt, contentTypeEnd: end } = head;
    const type = { name: '', canonical: 'Content-Type', value: '', at: valueAt, end, valueAt };
    return readParts(bytes, head.bodyAt, head.bodyEnd, valueAt === 0 ? [] : [type], [])
      .flatMap(({ sdp }) => (sdp === null ? [] : [sdpWords(sdp)]))
      .join('; ');
  }
}
