import type { LadderHost, LadderOptions } from '../contract/ladder.ts';
import type { TransportName } from '../contract/model.ts';
import type { LadderEnd, LadderInput, LadderMessage } from './input.ts';
import { shown } from './visible.ts';
import { endText } from './words.ts';

/** A lane before it has a place. */
export interface Lane {
  readonly key: string;
  readonly title: string;
  readonly host: LadderHost | null;
  /** The address alone, where the lane is one; null where ports or a name make it. */
  readonly address: string | null;
  /** `address:port` → how many messages used it. */
  readonly ends: Map<string, number>;
}

const streams: ReadonlySet<TransportName> = new Set(['TCP', 'TLS', 'WS', 'WSS']);

/** Sorts ends of messages into lanes; lanes come in order of first use. */
export class Lanes {
  readonly all: Lane[] = [];
  private readonly mode: 'address' | 'address-port' | 'auto';
  private readonly byKey = new Map<string, number>();
  private readonly byEnd = new Map<string, number>();
  private readonly texts = new Map<string, string>();
  private readonly named = new Map<string, LadderHost>();
  /** Of each host: the first of its ends that no other host has. */
  private readonly keys = new Map<LadderHost, string>();
  /** Client ports of TCP connections, and the port that their owner announced in its Via. */
  private readonly announced = new Map<string, number>();
  /** Lanes that no message uses. */
  private readonly mediaOnly = new Set<number>();
  /** Addresses that are several hosts. */
  private readonly split = new Set<string>();

  constructor(input: LadderInput, mode: NonNullable<LadderOptions['lanes']>) {
    this.mode = mode;
    for (const host of input.hosts ?? []) this.name(host);
    for (const message of input.messages) this.learnAnnounced(message);
    if (mode === 'auto') for (const message of input.messages) this.learnSplit(message);
  }

  private name(host: LadderHost): void {
    for (const { address, port } of host.ends) {
      const end = keyOf(address, port ?? -1);
      if (this.named.has(end)) continue;
      this.named.set(end, host);
      if (!this.keys.has(host)) this.keys.set(host, port === null ? shown(address) : endText(shown(address), port));
    }
  }

  /** Index of the lane that this end of a message or stream belongs to. */
  indexOf(end: LadderEnd): number {
    const wire = keyOf(end.address, end.port);
    const known = this.byEnd.get(wire);
    if (known !== undefined) return known;
    const lane = this.laneOf({ address: end.address, port: this.announced.get(wire) ?? end.port });
    let index = this.byKey.get(lane.key);
    if (index === undefined) {
      index = this.all.push(lane) - 1;
      this.byKey.set(lane.key, index);
    }
    this.byEnd.set(wire, index);
    return index;
  }

  /** As `indexOf`, and notes the port for the lane's subtitle. */
  use(end: LadderEnd): number {
    const wire = keyOf(end.address, end.port);
    let text = this.texts.get(wire);
    if (text === undefined) {
      text = endText(shown(end.address), this.announced.get(wire) ?? end.port);
      this.texts.set(wire, text);
    }
    const index = this.byEnd.get(wire) ?? this.indexOf(end);
    const { ends } = this.all[index] as Lane;
    ends.set(text, (ends.get(text) ?? 0) + 1);
    return index;
  }

  /**
   * Index of the lane that an end of a stream belongs to. Media has ports of its own: where ports make lanes, it is that
   * of the party's SIP if it has the same address, else one for all media of the address.
   */
  indexOfMedia(end: LadderEnd, party: LadderEnd | null): number {
    const byPort = this.mode === 'address-port' || this.split.has(end.address);
    const ofParty = byPort && !this.hostOf(end).exact;
    const before = this.all.length;
    const index = this.indexOf(
      ofParty ? (party?.address === end.address ? party : { address: end.address, port: 0 }) : end,
    );
    if (index >= before) this.mediaOnly.add(index);
    if (this.mediaOnly.has(index)) {
      const { ends } = this.all[index] as Lane;
      const text = endText(shown(end.address), end.port);
      ends.set(text, (ends.get(text) ?? 0) + 1);
    }
    return index;
  }

  /** Whether a lane is there for streams alone. */
  hasOnlyMedia(index: number): boolean {
    return this.mediaOnly.has(index);
  }

  private laneOf(end: LadderEnd): Lane {
    const { host, exact } = this.hostOf(end);
    const address = shown(end.address);
    const ends = new Map<string, number>();
    const title = host === null ? '' : shown(host.name);
    // A name of an address alone does not make its ports one lane where ports are asked for.
    const apart = this.mode === 'address-port' && !exact;
    if (host !== null && !apart) return { key: this.keys.get(host) ?? address, title, host, address: null, ends };
    // Media whose party is not known.
    if (end.port === 0 && host === null) return { key: address, title: address, host, address: null, ends };
    if (apart || this.split.has(end.address)) {
      const key = endText(address, end.port);
      return { key, title: title || key, host, address: null, ends };
    }
    return { key: address, title: address, host, address, ends };
  }

  private hostOf({ address, port }: LadderEnd): { readonly host: LadderHost | null; readonly exact: boolean } {
    const exact = this.named.get(keyOf(address, port));
    return { host: exact ?? this.named.get(keyOf(address, -1)) ?? null, exact: exact !== undefined };
  }

  /** RFC 3261 18.1.1: over TCP the sender's port is any, and the port it listens on stands in the top Via's sent-by. */
  private learnAnnounced({ method, transport, src, sentBy }: LadderMessage): void {
    if (method === null || !streams.has(transport) || sentBy === undefined || sentBy === null) return;
    const match = /^(?:\[(?<v6>[^\]]*)\]|(?<host>[^:[\]]*))(?::(?<port>\d{1,5}))?$/u.exec(sentBy.trim())?.groups;
    if (match === undefined || (match.v6 ?? match.host) !== src.address) return;
    const port = match.port === undefined ? (transport === 'TLS' ? 5061 : 5060) : Number(match.port);
    if (port > 0 && port < 65_536 && port !== src.port) this.announced.set(keyOf(src.address, src.port), port);
  }

  private learnSplit({ src, dst }: LadderMessage): void {
    if (src.address !== dst.address || this.split.has(src.address)) return;
    const from = this.announced.get(keyOf(src.address, src.port)) ?? src.port;
    const to = this.announced.get(keyOf(dst.address, dst.port)) ?? dst.port;
    if (from !== to) this.split.add(src.address);
  }
}

function keyOf(address: string, port: number): string {
  return `${address} ${port}`;
}
