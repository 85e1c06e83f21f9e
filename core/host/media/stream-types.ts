import { Word } from '../../analysis/streams/stream-records.ts';
import type { StreamTable } from '../../analysis/streams/stream-table.ts';
import type { StreamRow } from '../../contract/streams.ts';
import { staticCodec, type Codec } from '../../decode/sdp-codecs.ts';
import type { MediaEnd, MediaLink } from './media-links.ts';
import type { StreamMatch, StreamMatches } from './stream-matches.ts';
import { quiet } from './stream-words.ts';

/** The payload types of a stream, and the one that carries its sound or picture. */
export interface Types {
  readonly all: StreamRow['payloadTypes'];
  readonly main: Codec | null;
  readonly clockFrom: StreamRow['clockFrom'];
  /** Of the main one, Hz. */
  readonly clock: number | null;
}

/** Tells what the payload types of streams are. */
export class StreamTypes {
  private readonly table: StreamTable;
  private readonly matches: StreamMatches;
  private readonly links: ReadonlyMap<number, readonly MediaLink[]>;
  /** The last one: a row asks several times. */
  private last: { readonly stream: number; readonly types: Types } | null = null;

  /** @param links by call. */
  constructor(table: StreamTable, matches: StreamMatches, links: ReadonlyMap<number, readonly MediaLink[]>) {
    this.table = table;
    this.matches = matches;
    this.links = links;
  }

  of(stream: number): Types {
    if (this.last?.stream !== stream) this.last = { stream, types: this.find(stream) };
    return this.last.types;
  }

  /**
   * What an SDP says a payload type is: that of the receiver first, which says what types mean that it wants to receive
   * (RFC 3264 5.1), then that of the sender, then any of the call.
   */
  announced({ link, receiver, sender }: StreamMatch, type: number): Codec | null {
    const codec = codecIn(receiver, type) ?? codecIn(sender, type);
    if (codec !== null) return codec;
    for (const { answer, offer, section } of this.links.get(link.call) ?? nothing) {
      const other = section === link.section ? (codecIn(answer, type) ?? codecIn(offer, type)) : null;
      if (other !== null) return other;
    }
    return null;
  }

  /** By payload type: what the types of a stream are, those that are known. */
  codecs(stream: number): Map<number, Codec> {
    const match = this.matches.of(stream);
    const codecs = new Map<number, Codec>();
    for (const { type } of this.table.types(stream)) {
      const codec = (match === null ? null : this.announced(match, type)) ?? staticCodec(type);
      if (codec !== null) codecs.set(type, codec);
    }
    return codecs;
  }

  private find(stream: number): Types {
    const match = this.matches.of(stream);
    const all: StreamRow['payloadTypes'][number][] = [];
    const events = this.table.word(stream, Word.EventPackets);
    let main: Codec | null = null;
    let isAnnounced = false;
    let most = -1;
    for (const { type, packets } of this.table.types(stream)) {
      const announced = match === null ? null : this.announced(match, type);
      const codec = announced ?? staticCodec(type);
      const clockRate = codec === null || codec.clockRate === 0 ? null : codec.clockRate;
      all.push({ pt: type, codec: codec?.name ?? null, clockRate, packets });
      const isSpoken =
        codec === null ? events === 0 || type < 96 || packets > events : !quiet.has(codec.name.toLowerCase());
      if (!isSpoken || packets <= most) continue;
      most = packets;
      main = codec;
      isAnnounced = announced !== null;
    }
    const known = main?.clockRate ?? 0;
    const clock = known > 0 ? known : most < 0 ? null : this.table.likelyClock(stream);
    return {
      all,
      main,
      clock,
      clockFrom: clock === null ? null : known === 0 ? 'likely' : isAnnounced ? 'sdp' : 'static',
    };
  }
}

const nothing: readonly MediaLink[] = [];

function codecIn(side: MediaEnd | null, type: number): Codec | null {
  if (side === null) return null;
  for (const codec of side.media.codecs) if (codec.payloadType === type && codec.name !== '') return codec;
  return null;
}
