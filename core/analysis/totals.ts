import { transportNames } from '../decode/packet.ts';
import { At, Flag, type Messages } from './messages.ts';
import type { Sighting } from './sighting.ts';

/** Messages of all calls, counted as they come; the arrays are by number of the method, status and Transport. */
export class Totals {
  retransmissions = 0;
  copies = 0;
  methods = new Float64Array(32);
  readonly statuses = new Float64Array(1000);
  readonly transports = new Float64Array(transportNames.length);
  private readonly messages: Messages;

  constructor(messages: Messages) {
    this.messages = messages;
  }

  /** Behind the analyses that say what is a retransmission, and what a copy. */
  message(row: number, { method, status, transport }: Sighting): void {
    const flags = this.messages.records.get(row, At.Bits);
    if ((flags & (Flag.Copy | Flag.Retransmission)) !== 0) this.again(flags);
    if ((flags & Flag.Request) === 0) this.statuses[status] = (this.statuses[status] as number) + 1;
    else {
      if (method >= this.methods.length) this.widen(method);
      this.methods[method] = (this.methods[method] as number) + 1;
    }
    this.transports[transport] = (this.transports[transport] as number) + 1;
  }

  private again(flags: number): void {
    if ((flags & Flag.Copy) === 0) this.retransmissions += 1;
    else this.copies += 1;
  }

  private widen(method: number): void {
    const wider = new Float64Array(2 * (method + 1));
    wider.set(this.methods);
    this.methods = wider;
  }
}
