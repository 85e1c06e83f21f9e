import { Flag } from '../../analysis/messages.ts';
import { FILE_SPAN } from '../../bytes/position.ts';
import { packetMark, quotedAt } from '../../decode/icmp.ts';
import type { Packet } from '../../decode/packet.ts';
import { rowsOf } from '../ladder/ladder-input.ts';
import type { Session } from '../session.ts';

/** The packets that carried some calls' messages, found by the positions of their bytes, and the ICMP errors they caused. */
export class WantedPackets {
  /** Messages, the copies that the capture has of them included. */
  readonly messages: number;
  /** By input: positions in ascending order, and how many of them lie behind us. */
  private readonly positions: Float64Array[] = [];
  private readonly passed: number[] = [];
  /** Of the packets met so far, see `packetMark`. */
  private readonly marks = new Set<string>();

  constructor(session: Session, calls: readonly number[]) {
    const { messages } = session.analysis;
    const byInput: number[][] = [];
    const add = (position: number): void => {
      const input = Math.floor(position / FILE_SPAN);
      (byInput[input] ??= []).push(position);
    };
    let count = 0;
    for (const row of calls.flatMap((call) => rowsOf(session, call))) {
      count += 1;
      const position = messages.position.get(row);
      if ((messages.flags.get(row) & Flag.Pieces) === 0) add(position);
      else for (const piece of messages.extents.get(position)?.positions ?? []) add(piece);
    }
    this.messages = count;
    for (const input of session.inputs.inputs) {
      this.positions.push(Float64Array.from(byInput[input.index] ?? []).sort());
      this.passed.push(0);
    }
  }

  /** Whether the packet, of which `length` bytes were captured, carried a part of a message. Packets of an input are asked about in order. */
  has(packet: Packet, length: number): boolean {
    const { position } = packet;
    const input = Math.floor(position / FILE_SPAN);
    const positions = this.positions[input];
    if (positions === undefined) return false;
    let next = this.passed[input] as number;
    while (next < positions.length && (positions[next] as number) < position) next++;
    const first = next;
    while (next < positions.length && (positions[next] as number) < position + length) next++;
    this.passed[input] = next;
    if (next === first) return false;
    const mark = packetMark(packet.bytes, packet.view, packet.networkAt, packet.end);
    if (mark !== null) this.marks.add(mark);
    return true;
  }

  /** Whether a packet whose outcome is Icmp is an error that one of the packets met so far caused. */
  hasCaused(packet: Packet): boolean {
    if (this.marks.size === 0) return false;
    const at = quotedAt(packet);
    const mark = at < 0 ? null : packetMark(packet.bytes, packet.view, at, packet.end);
    return mark !== null && this.marks.has(mark);
  }
}
