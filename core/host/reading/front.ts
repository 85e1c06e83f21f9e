import { MediaProgram } from '../../analysis/streams/media-program.ts';
import { MediaStreams, nothingFound } from '../../analysis/streams/media-streams.ts';
import { Method } from '../../analysis/method.ts';
import { Sighting } from '../../analysis/sighting.ts';
import { ProgramMemory } from '../../bytes/program-memory.ts';
import { warningsOf, type Input, type PacketSource } from '../../capture/input.ts';
import type { Addresses } from '../../decode/addresses.ts';
import { Transport, type MediaCounting, type MediaSink, type Packet, type SipSink } from '../../decode/packet.ts';
import { faultKinds } from '../../decode/sip-faults.ts';
import { readSecurityNotes } from '../../decode/security-notes.ts';
import { SipHead } from '../../decode/sip-head.ts';
import { nothingKnown, Ring, type Known } from '../../ipsec/ring.ts';
import type { Account, OpenedAssociation } from './account.ts';
import { eachMessage } from './batch.ts';
import { freshPacket } from './decoding.ts';
import { drive, type Tally } from './drive.ts';
import { SipProgram, type TakeRecords } from './sip-program.ts';
import { UsualRuns } from './usual-runs.ts';
import type { Mirroring } from '../live/mirror.ts';
import { securityAccount, settledWays } from '../security/security-account.ts';

/** What a front reads from: Inputs, or what stands for them in another thread. */
export interface FrontInputs {
  readonly inputs: readonly Input[];
  readonly merged: PacketSource;
}

/** How a capture is read. */
export interface FrontOptions {
  /** Those that the user says are SIP's. */
  readonly ports: readonly number[];
  /** Whether streams are measured, or flows of media only counted. */
  readonly streams: boolean;
  /** Keys for ESP that are known from the start. */
  readonly known?: Known;
}

/** Who is told while a front reads. */
export interface FrontEvents {
  /** A message, in the order in which they became whole; the object is used again for the next one. */
  readonly message: (seen: Sighting) => void;
  /** The same, of many as they are in a batch (see BatchWriter); where it is left out they come one by one. */
  readonly records?: TakeRecords;
  /** Called between chunks of the input. */
  readonly betweenChunks: () => Promise<void> | void;
  /** Where messages and RTCP are sent on to. */
  readonly mirror?: Mirroring | undefined;
}

/**
 * The half of a session that needs packets: reads, decodes, puts together, scans SIP messages, and counts what became
 * of every packet. What the other half, the analyses, need of a message is in its Sighting; a front asks nothing of
 * them, so they may as well be in another thread.
 */
export class Front implements SipSink {
  private readonly source: FrontInputs;
  private readonly addresses: Addresses;
  private readonly tally: Tally;
  private readonly events: FrontEvents;
  private readonly program: MediaProgram | null;
  private readonly sipProgram: SipProgram | null;
  private readonly runs: UsualRuns | null;
  private readonly streams: MediaStreams | null;
  private readonly how: FrontOptions;
  private readonly head = new SipHead();
  private readonly seen: Sighting;
  private readonly packet: Packet;
  private readonly ring: Ring;

  /** `tally` is kept up to date. */
  constructor(source: FrontInputs, addresses: Addresses, how: FrontOptions, tally: Tally, events: FrontEvents) {
    this.source = source;
    this.addresses = addresses;
    this.tally = tally;
    this.seen = new Sighting(how.streams);
    this.events = events;
    this.how = how;
    const memory = ProgramMemory.open();
    if (source.inputs.length === 1) for (const input of source.inputs) input.memory = memory;
    this.program = memory === null ? null : new MediaProgram(memory, { measures: how.streams });
    this.sipProgram = memory === null ? null : this.sipProgramIn(memory);
    this.runs = memory === null ? null : this.runsIn(memory);
    this.streams = this.program === null ? null : new MediaStreams(this.program);
    this.ring = new Ring(how.known ?? nothingKnown, addresses);
    this.packet = freshPacket(addresses, how.ports, this, this.mediaSink(events.mirror), this.ring);
    this.program?.knowPorts(this.packet.routes.udpPorts);
  }

  /** Reads to the end. Rejects with CaptureError when an input fails; ends early, without an error, when the signal says so. */
  run(signal: AbortSignal): Promise<void> {
    const { betweenChunks } = this.events;
    return drive(this.source, this.packet, { tally: this.tally, signal, betweenChunks, runs: this.runs });
  }

  private sipProgramIn(memory: ProgramMemory): SipProgram {
    const { events, seen } = this;
    const take: TakeRecords = (records, count) => eachMessage(records, count, seen, events.message);
    return new SipProgram(memory, seen.wantsSdp, events.records ?? take);
  }

  private runsIn(memory: ProgramMemory): UsualRuns {
    const { events, how, program, sipProgram } = this;
    // Who sends on wants to see every message and every packet of RTCP, over which goes who only counts.
    const isSeen = events.mirror !== undefined;
    return new UsualRuns(memory, isSeen && !how.streams ? null : program, isSeen ? null : sipProgram);
  }

  private mediaSink(mirror: Mirroring | undefined): MediaSink {
    const { how, program, streams } = this;
    const media: MediaSink = streams ?? { media: () => undefined };
    // Who sends on wants to see each packet, who measures as well.
    if (mirror === undefined && program !== null && !how.streams) return new MediaCounter(media, program);
    if (mirror === undefined) return media;
    return {
      media: (packet, at, end) => {
        mirror.media(packet, at, end);
        media.media(packet, at, end);
      },
    };
  }

  sip(packet: Packet, at: number, end: number, transport: Transport): void {
    const { head, seen, sipProgram } = this;
    if (transport !== Transport.UDP || sipProgram?.see(packet, at, end, seen) !== true) {
      head.scan(packet.bytes, at, end);
      if (head.faults !== 0) this.noteFaults(packet);
      seen.see(packet, head, at, end, transport);
      if (seen.cseqMethod === Method.REGISTER) this.learn(packet);
    }
    this.events.mirror?.sip(packet, at, end, transport);
    this.events.message(seen);
  }

  /** What a registration says of keys is known from the next packet on. */
  private learn(packet: Packet): void {
    const notes = readSecurityNotes(packet.bytes, this.head);
    if (notes !== null) this.ring.learnNotes(packet, notes);
  }

  /** Ways in which packets of security associations were opened, in the order of their numbers, from 1. */
  get associations(): readonly OpenedAssociation[] {
    return this.packet.associations.opened;
  }

  /** After `run`. */
  account(): Account {
    this.ring.ahead.settle();
    const { packet, program, source, streams } = this;
    return {
      files: source.inputs.map(({ name, reader, packets, window }) => ({
        name,
        format: reader.format,
        packets,
        bytes: window.read,
      })),
      places: source.inputs.map(({ places }) => places.found),
      media: {
        packets: program?.packets ?? 0,
        flows: program?.flows ?? 0,
        found: streams?.found ?? nothingFound,
      },
      ledger: packet.ledger.counts,
      faults: packet.faults.list(),
      refusals: packet.refusals.list,
      associations: settledWays(packet),
      security: securityAccount(packet, this.ring),
      warnings: [...warningsOf(source.inputs), ...this.limits()],
    };
  }

  private noteFaults(packet: Packet): void {
    for (const kind of faultKinds(this.head.faults)) packet.faults.note(kind, packet.frame);
  }

  /** A sentence for each limit that was reached and has no line in the ledger. */
  private limits(): string[] {
    const { unnumbered } = this.addresses;
    const unplaced = this.program?.unplacedFlows ?? 0;
    const unfollowed = this.program?.unplacedStreams ?? 0;
    return [
      ...(unnumbered === 0
        ? []
        : [`an IPv6 address beyond the first 2 million was met ${unnumbered} times; it is shown as ?`]),
      ...(unplaced === 0
        ? []
        : [`${unplaced} packets of media are of flows beyond the first 2 million, and not counted as flows`]),
      ...(unfollowed === 0
        ? []
        : [`${unfollowed} packets of media are of streams beyond the limit, and not counted there`]),
      ...(this.program === null
        ? ['RTP was not looked at: there is no room for WebAssembly in the address space (see “ulimit -v”)']
        : []),
    ];
  }
}

/** Where streams are not measured: flows of media are told apart, and packets counted. */
class MediaCounter implements MediaSink, MediaCounting {
  readonly counting: MediaCounting = this;
  private readonly flows: MediaSink;
  private readonly program: MediaProgram;

  constructor(flows: MediaSink, program: MediaProgram) {
    this.flows = flows;
    this.program = program;
  }

  /** Each flow is, as long as there is room for them. */
  get isKnown(): boolean {
    return this.program.unplacedFlows === 0;
  }

  media(packet: Packet, at: number, end: number): void {
    this.flows.media(packet, at, end);
  }

  more(packets: number): void {
    this.program.more(packets);
  }
}
