import type { Packet } from './packet.ts';
import { Outcome } from './ledger.ts';

/**
 * Goes on with `packet.bytes[at, end)`. Checks lengths once, writes what it found into the packet, and either calls
 * the next decoder or writes `packet.outcome`. Never throws on what a packet holds.
 */
export type Decode = (packet: Packet, at: number, end: number) => void;

/** Whether `packet.bytes[at, end)`, which is not empty, can be what a decoder reads. Changes nothing. */
export type Claims = (packet: Packet, at: number, end: number) => boolean;

/** Where packets of a protocol are announced by the layer below. */
export interface RouteNumbers {
  /** LINKTYPE_ numbers. */
  readonly linkType?: readonly number[];
  /** EtherTypes; GRE, GENEVE, SLL and others use them as well. */
  readonly etherType?: readonly number[];
  /** IPv4 protocol and IPv6 next header numbers of what comes behind all extension headers. */
  readonly ipProtocol?: readonly number[];
  readonly udpPort?: readonly number[];
  /** PPP protocol field. */
  readonly ppp?: readonly number[];
}

/** A decoder in the list of decoders. */
export interface Protocol {
  readonly name: string;
  readonly routes: RouteNumbers;
  /** A decoder with a state of its own, for one session. */
  open(): Decoder;
}

export interface Decoder {
  readonly decode: Decode;
  /** A UDP port only proposes: a datagram that is not claimed is looked at as if the port were unknown. Missing: all are claimed. */
  readonly claims?: Claims;
  /** Called once when the capture is over: what is still held back is accounted for. */
  readonly finish?: (packet: Packet) => void;
}

/** For decoders without a state. */
export function stateless(name: string, routes: RouteNumbers, decode: Decode, claims?: Claims): Protocol {
  return { name, routes, open: () => (claims === undefined ? { decode } : { decode, claims }) };
}

/** The tables that lead from a number in one header to the decoder of the next. */
export class Routes {
  readonly linkType = new Map<number, Decode>();
  readonly ppp = new Map<number, Decode>();
  readonly ipProtocol: Decode[] = Array.from({ length: 256 }, () => unknownIpProtocol);
  /** By port: 0 where no decoder is, so that the sum of two tells whether a datagram is routed at all. */
  readonly udpPorts = new Uint8Array(65_536);
  private readonly etherTypes = new Uint8Array(65_536);
  private readonly byEtherType: Decode[] = [unknownEtherType];
  private readonly byUdpPort: Decode[] = [unclaimed];
  private readonly claims: Claims[] = [() => false];
  private lastLink = Number.NaN;
  private lastDecode: Decode = unknownLink;
  private readonly finishers: ((packet: Packet) => void)[] = [];

  /** Throws where two protocols want the same number. */
  constructor(protocols: readonly Protocol[]) {
    for (const protocol of protocols) {
      const { decode, claims, finish } = protocol.open();
      if (finish) this.finishers.push(finish);
      const { routes, name } = protocol;
      for (const number of routes.linkType ?? [])
        this.linkType.set(free(name, number, !this.linkType.has(number)), decode);
      for (const number of routes.ppp ?? []) this.ppp.set(free(name, number, !this.ppp.has(number)), decode);
      for (const number of routes.ipProtocol ?? []) {
        this.ipProtocol[free(name, number, this.ipProtocol[number] === unknownIpProtocol)] = decode;
      }
      if (routes.etherType) {
        const index = this.byEtherType.push(decode) - 1;
        for (const number of routes.etherType)
          this.etherTypes[free(name, number, this.etherTypes[number] === 0)] = index;
      }
      if (routes.udpPort) {
        const index = this.byUdpPort.push(decode) - 1;
        this.claims.push(claims ?? always);
        for (const number of routes.udpPort) this.udpPorts[free(name, number, this.udpPorts[number] === 0)] = index;
      }
    }
  }

  /** The decoder of a link type, one that writes the outcome where nobody knows it. */
  link(linkType: number): Decode {
    // Most captures have one link type: it is looked up when it changes.
    if (linkType !== this.lastLink) {
      this.lastLink = linkType;
      this.lastDecode = this.linkType.get(linkType) ?? unknownLink;
    }
    return this.lastDecode;
  }

  /** The decoder of an EtherType; one that writes the outcome where nobody knows it. */
  etherType(type: number): Decode {
    return this.byEtherType[this.etherTypes[type] as number] as Decode;
  }

  /** Whether an EtherType has a decoder. */
  knowsEtherType(type: number): boolean {
    return this.etherTypes[type] !== 0;
  }

  /** The decoder of a UDP port that claims this datagram; null where there is none. */
  udpPort(port: number, packet: Packet, at: number, end: number): Decode | null {
    const index = this.udpPorts[port] as number;
    return index !== 0 && (this.claims[index] as Claims)(packet, at, end) ? (this.byUdpPort[index] as Decode) : null;
  }

  finish(packet: Packet): void {
    for (const finish of this.finishers) finish(packet);
  }
}

function free(name: string, number: number, isFree: boolean): number {
  if (!isFree) throw new Error(`${name}: another decoder has the number ${number} already`);
  return number;
}

function always(): boolean {
  return true;
}

function unclaimed(packet: Packet): void {
  packet.outcome = Outcome.OtherUdp;
}

function unknownLink(packet: Packet): void {
  packet.outcome = Outcome.UnknownLink;
}

function unknownEtherType(packet: Packet): void {
  packet.outcome = Outcome.NotIp;
}

function unknownIpProtocol(packet: Packet): void {
  packet.outcome = Outcome.OtherIp;
}
