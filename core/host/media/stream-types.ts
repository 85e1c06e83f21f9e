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
  readonly codecs: ReadonlyMap<number, Codec>;
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
    for (const { answer, offer, section } of this.links.get(link.call) ?? []) {
      const other = section === link.section ? (codecIn(answer, type) ?? codecIn(offer, type)) : null;
      if (other !== null) return other;
    }
    return null;
  }

  private find(stream: number): Types {
    const match = this.matches.of(stream);
    const met = this.table.types(stream).map(({ type, packets }) => {
      const codec = match === null ? null : this.announced(match, type);
      return { type, packets, codec: codec ?? staticCodec(type), isAnnounced: codec !== null };
    });
    const events = this.table.word(stream, Word.EventPackets);
    const spoken = met.filter(({ codec, type, packets }) => {
      if (codec === null) return events === 0 || type < 96 || packets > events;
      return !quiet.has(codec.name.toLowerCase());
    });
    const main = spoken.toSorted((a, b) => b.packets - a.packets)[0] ?? null;
    const known = main?.codec?.clockRate ?? 0;
    const clock = known > 0 ? known : main === null ? null : this.table.likelyClock(stream);
    return {
      codecs: new Map(met.flatMap(({ codec, type }) => (codec === null ? [] : [[type, codec]]))),
      all: met.map(({ type, packets, codec }) => ({
        pt: type,
        codec: codec?.name ?? null,
        clockRate: codec === null || codec.clockRate === 0 ? null : codec.clockRate,
        packets,
      })),
      main: main?.codec ?? null,
      clock,
      clockFrom: clock === null ? null : known === 0 ? 'likely' : main?.isAnnounced === true ? 'sdp' : 'static',
    };
  }
}

function codecIn(side: MediaEnd | null, type: number): Codec | null {
  return side?.media.codecs.find(({ name, payloadType }) => payloadType === type && name !== '') ?? null;
}
