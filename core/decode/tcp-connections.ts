import { Flows, longer } from './flows.ts';
import { StreamState } from './framing.ts';
import type { HeldBudget } from './held-bytes.ts';
import { Outcome } from './ledger.ts';
import type { Packet } from './packet.ts';
import { SipPort } from './sip-ports.ts';
import { skipLineEnds } from './sip-start.ts';
import { couldStart, findStart, lineEnd, MAX_START_LINE } from './start-line.ts';
import { Content, recognise } from './stream-content.ts';
import { afterGap } from './tcp-faults.ts';
import { TcpStream } from './tcp-stream.ts';

/** Connections that are known at a time; beyond, the one idle for longest is forgotten. A power of two. */
export const MAX_CONNECTIONS = 1 << 18;
/** Bytes at the beginning of a segment that tell whether it may begin with a start line. */
const GLANCE = 64;

/**
 * The connections of a session. Each has a row in `flows` and two places in the columns, one per direction: the even
 * one for what the lower address and port sends. A direction that is read has a TcpStream as well.
 */
export class TcpConnections {
  private readonly flows: Flows;
  private readonly budget: HeldBudget;
  /** StreamState, where there is no stream. */
  private states = new Uint8Array(0);
  /** Sequence number of the first byte, and whether a SYN has told it. */
  private firsts = new Uint32Array(0);
  private opened = new Uint8Array(0);
  /** Packets counted as not being SIP: they may still turn out to be TLS. */
  private plain = new Uint32Array(0);
  private readonly streams: (TcpStream | null)[] = [];
  /** The packet being decoded, for when it makes another connection be forgotten. */
  private current: Packet | null = null;

  constructor(limit: number, budget: HeldBudget) {
    this.budget = budget;
    this.flows = new Flows(limit, (row) => this.forget(row));
    this.widen();
  }

  /** The place of the packet's direction; -1 where its connection is not known and is not to be opened. */
  place(packet: Packet, open: boolean): number {
    const { src, dst, sport, dport } = packet;
    if (src < dst || (src === dst && sport <= dport)) {
      return this.row(packet, src, dst, ((sport << 16) | dport) >>> 0, open) * 2;
    }
    const row = this.row(packet, dst, src, ((dport << 16) | sport) >>> 0, open);
    return row < 0 ? -1 : row * 2 + 1;
  }

  /** A SYN: a new connection on the same ports forgets the old one; the same SYN again changes nothing. */
  synchronise(packet: Packet, place: number, seq: number, isFirst: boolean): void {
    const first = (seq + 1) >>> 0;
    if (this.opened[place] === 1 && this.firsts[place] === first) return;
    this.clear(packet, place);
    if (isFirst) this.clear(packet, place ^ 1);
    this.opened[place] = 1;
    this.firsts[place] = first;
  }

  /** The packet's sender has all bytes of the other direction before `ack`. */
  acknowledge(packet: Packet, place: number, ack: number): void {
    const peer = this.streams[place ^ 1] ?? null;
    if (peer === null) return;
    if (!peer.isWaiting) return peer.acknowledge(packet, ack);
    const { src, dst, sport, dport } = packet;
    packet.src = dst;
    packet.dst = src;
    packet.sport = dport;
    packet.dport = sport;
    peer.acknowledge(packet, ack);
    packet.src = src;
    packet.dst = dst;
    packet.sport = sport;
    packet.dport = dport;
    this.settle(packet, place ^ 1, peer, 0);
  }

  /** The segment's data; the outcome is written. */
  data(packet: Packet, place: number, seq: number, ack: number, at: number, end: number, cut: number): void {
    let stream = this.streams[place] ?? null;
    if (stream === null) {
      const state = this.states[place];
      if (state === StreamState.Tls) {
        packet.outcome = Outcome.Tls;
        return;
      }
      const { sipPorts, sport, dport } = packet;
      const isSipPort = sipPorts[sport] !== SipPort.None || sipPorts[dport] !== SipPort.None;
      const plain = isSipPort ? Outcome.NotSipOnSipPort : Outcome.OtherTcp;
      if (state === StreamState.Other && !beginsSomething(packet, at, end)) {
        packet.outcome = plain;
        this.plain[place] = (this.plain[place] as number) + 1;
        return;
      }
      const isFirst = state === StreamState.Undecided && this.opened[place] === 1;
      stream = new TcpStream(this.budget, plain, isFirst ? (this.firsts[place] as number) : seq);
      this.streams[place] = stream;
    }
    packet.outcome = stream.segment(packet, seq, at, end, cut);
    this.settle(packet, place, stream, ack);
  }

  /** The sender's FIN has the number `seq`. */
  close(packet: Packet, place: number, seq: number): void {
    this.streams[place]?.close(packet, seq);
  }

  /** Reads what is left of all connections, in the order in which they were opened. */
  finish(packet: Packet): void {
    for (let row = 0; row < this.flows.size; row++) {
      this.clear(packet, row * 2);
      this.clear(packet, row * 2 + 1);
    }
  }

  private row(packet: Packet, a: number, b: number, ports: number, open: boolean): number {
    let row = this.flows.find(a, b, ports);
    if (row < 0 && open) {
      this.current = packet;
      row = this.flows.open(a, b, ports);
      this.current = null;
      if (this.flows.capacity * 2 > this.states.length) this.widen();
      this.blank(row * 2);
      this.blank(row * 2 + 1);
    }
    return row;
  }

  /** Does what the stream has found out since. */
  private settle(packet: Packet, place: number, stream: TcpStream, ack: number): void {
    if (stream.peerFraming !== null) this.upgrade(packet, place, stream, ack);
    if (stream.state === StreamState.Other) this.dismiss(packet, place, StreamState.Other);
    else if (stream.state === StreamState.Tls) {
      const { plain } = stream;
      this.isTls(packet, place, plain);
      if (this.streams[place ^ 1]?.state !== StreamState.Framed) this.isTls(packet, place ^ 1, plain);
    }
  }

  /** Both directions are a WebSocket from here on: the answer's acknowledgement tells where the client's first frame begins. */
  private upgrade(packet: Packet, place: number, stream: TcpStream, ack: number): void {
    const { peerFraming, plain } = stream;
    if (peerFraming === null) return;
    stream.peerFraming = null;
    this.dismiss(packet, place ^ 1, StreamState.Other);
    const peer = new TcpStream(this.budget, Outcome.OtherTcp, ack);
    peer.become(peerFraming(peer));
    this.streams[place ^ 1] = peer;
    // HTTP on a SIP port is what it has to be before an upgrade.
    packet.ledger.move(
      plain,
      Outcome.OtherTcp,
      stream.unsure + (this.plain[place] as number) + (this.plain[place ^ 1] as number),
    );
    stream.plain = Outcome.OtherTcp;
    stream.unsure = 0;
    this.plain[place] = 0;
    this.plain[place ^ 1] = 0;
  }

  private isTls(packet: Packet, place: number, plain: Outcome): void {
    this.dismiss(packet, place, StreamState.Tls);
    packet.ledger.move(plain, Outcome.Tls, this.plain[place] as number);
    this.plain[place] = 0;
  }

  /** The direction is not read any more. */
  private dismiss(packet: Packet, place: number, state: StreamState): void {
    const stream = this.streams[place] ?? null;
    this.states[place] = state;
    if (stream === null) return;
    this.streams[place] = null;
    this.plain[place] = (this.plain[place] as number) + stream.unsure;
    stream.drop(packet, afterGap);
  }

  private forget(row: number): void {
    if (this.current === null) return;
    this.clear(this.current, row * 2);
    this.clear(this.current, row * 2 + 1);
  }

  /** Reads what is left of a direction, and forgets it. */
  private clear(packet: Packet, place: number): void {
    const stream = this.streams[place] ?? null;
    if (stream !== null) this.finishStream(packet, place, stream);
    this.blank(place);
  }

  private blank(place: number): void {
    this.streams[place] = null;
    this.states[place] = StreamState.Undecided;
    this.opened[place] = 0;
    this.firsts[place] = 0;
    this.plain[place] = 0;
  }

  private finishStream(packet: Packet, place: number, stream: TcpStream): void {
    const { time, src, dst, sport, dport, family, association, missing, networkAt, ipId, outcome } = packet;
    const row = place >>> 1;
    const low = (place & 1) === 0;
    const ports = this.flows.ports(row);
    packet.src = low ? this.flows.first(row) : this.flows.second(row);
    packet.dst = low ? this.flows.second(row) : this.flows.first(row);
    packet.sport = low ? ports >>> 16 : ports & 0xffff;
    packet.dport = low ? ports & 0xffff : ports >>> 16;
    packet.family = packet.addresses.family(packet.src);
    packet.missing = 0;
    packet.networkAt = -1;
    packet.ipId = -1;
    stream.finish(packet);
    packet.time = time;
    packet.src = src;
    packet.dst = dst;
    packet.sport = sport;
    packet.dport = dport;
    packet.family = family;
    packet.association = association;
    packet.missing = missing;
    packet.networkAt = networkAt;
    packet.ipId = ipId;
    packet.outcome = outcome;
  }

  private widen(): void {
    const places = this.flows.capacity * 2;
    const { states, opened } = this;
    this.states = new Uint8Array(places);
    this.states.set(states);
    this.opened = new Uint8Array(places);
    this.opened.set(opened);
    this.firsts = longer(this.firsts, places);
    this.plain = longer(this.plain, places);
  }
}

/** Whether a segment of a stream that is read no more begins with something that is read after all. */
function beginsSomething(packet: Packet, at: number, end: number): boolean {
  const { bytes } = packet;
  const start = skipLineEnds(bytes, at, end);
  if (start === end) return false;
  const first = bytes[start] as number;
  const isText = first > 0x20 && first < 0x7f;
  if (isText && first !== 0x48 && !couldStart(bytes, start, Math.min(end, start + GLANCE))) return false;
  const feed = isText ? lineEnd(bytes, start, Math.min(end, start + MAX_START_LINE)) : -1;
  const content = recognise(packet, start, end, feed);
  if (content === Content.Sip) return findStart(bytes, start, end) === start;
  return (
    content === Content.Tls || content === Content.Hep || content === Content.Upgrade || content === Content.WebSocket
  );
}
