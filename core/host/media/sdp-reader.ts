import { wireText } from '../../bytes/text.ts';
import type { Media } from '../../decode/sdp.ts';
import { SdpMedia } from '../../decode/sdp-media.ts';
import { readParts } from '../../decode/sip-body.ts';
import { SipHead } from '../../decode/sip-head.ts';
import type { Session } from '../session.ts';

/** Descriptions that are remembered: each hop and each answer has the same again. */
const MOST_KEPT = 2000;

/** Reads the sections of the first SDP of messages; the same text is read once, and gives the same array. */
export class SdpReader {
  private readonly session: Session;
  private readonly head = new SipHead();
  private readonly latin = new TextDecoder('latin1');
  private readonly media = new SdpMedia();
  /** By text, or by number in the session's notes. */
  private readonly known = new Map<string | number, readonly Media[] | null>();

  constructor(session: Session) {
    this.session = session;
  }

  /** Of the message in a row; null where it has no SDP. */
  read(row: number): readonly Media[] | null {
    const { analysis, lookBack, sdp: notes } = this.session;
    const noted = notes.of(row);
    if (noted !== 0) return this.known.get(noted) ?? this.keep(noted, this.media.read(wireText(notes.bytesOf(noted))));
    const bytes = lookBack.bytesOf(row);
    const text = this.latin.decode(bytes.subarray(analysis.messages.bodyAt.get(row)));
    const known = this.known.get(text);
    return known === undefined ? this.keep(text, this.parse(bytes)) : known;
  }

  private keep(key: string | number, media: readonly Media[] | null): readonly Media[] | null {
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(key, media);
    return media;
  }

  private parse(bytes: Uint8Array): readonly Media[] | null {
    const { head } = this;
    head.scan(bytes, 0, bytes.length);
    const { contentTypeAt: valueAt, contentTypeEnd: end } = head;
    const type = { name: '', canonical: 'Content-Type', value: '', at: valueAt, end, valueAt };
    const parts = readParts(bytes, head.bodyAt, head.bodyEnd, valueAt === 0 ? [] : [type], []);
    return parts.find(({ sdp }) => sdp !== null)?.sdp?.media ?? null;
  }
}
