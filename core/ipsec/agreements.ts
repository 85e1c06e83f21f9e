import type { Mechanism, SecurityNotes } from '../decode/security-notes.ts';
import { isIpsec, sidesOf, type Agreement, type Side } from './agreement.ts';

/** Agreements that are remembered; later ones are not. */
export const MAX_AGREEMENTS = 1 << 15;
/** Security associations with the same SPI that are told apart, the latest. */
const MAX_SAME_SPI = 8;

/** Where and when a message was seen. */
export interface SeenAt {
  readonly frame: number;
  readonly time: number;
  /** Addresses as text. */
  readonly src: string;
  readonly dst: string;
}

/** What UEs and P-CSCFs agreed on, found by SPI. */
export class Agreements {
  readonly all: Agreement[] = [];
  /** How many there was no room for. */
  leftOut = 0;
  private readonly byCall = new Map<string, Agreement[]>();
  private readonly bySpi = new Map<number, Side[]>();

  /** Those that another reading of the capture has found. */
  constructor(known: readonly Agreement[] = []) {
    for (const agreement of known) {
      const copy = { ...agreement, number: this.all.length };
      this.enter(copy);
      this.index(copy);
    }
  }

  /** Security associations with this SPI, the latest first. */
  sides(spi: number): readonly Side[] {
    return this.bySpi.get(spi) ?? [];
  }

  /** Takes what a REGISTER or an answer to one says. True where something is known now that was not. */
  take(notes: SecurityNotes, at: SeenAt): boolean {
    return notes.isRequest ? this.request(notes, at) : this.answer(notes, at);
  }

  private request(notes: SecurityNotes, at: SeenAt): boolean {
    const own = notes.client.find(isIpsec);
    const verified = notes.verify.some(isIpsec);
    if (own === undefined && !verified) return false;
    const calls = this.byCall.get(notes.callId) ?? [];
    let agreement = calls.findLast(
      (one) =>
        (own === undefined || hasSpis(one.client, own)) && (!verified || one.server.length === 0 || echoes(notes, one)),
    );
    if (agreement === undefined) {
      // What is verified is of an agreement that is known, and the UE's SPIs are for the next one (TS 33.203 7.4).
      const before = verified ? calls.findLast((one) => echoes(notes, one)) : undefined;
      if (before !== undefined) verify(before, notes, at);
      agreement = this.begin(notes, at, before === undefined ? notes.verify : []);
      return agreement !== undefined;
    }
    agreement.impi ||= notes.impi;
    if (!verified || agreement.verifyFrame !== 0) return false;
    verify(agreement, notes, at);
    this.index(agreement);
    return true;
  }

  private begin(notes: SecurityNotes, at: SeenAt, verified: readonly Mechanism[]): Agreement | undefined {
    if (this.all.length >= MAX_AGREEMENTS) {
      this.leftOut += 1;
      return undefined;
    }
    const { callId, cseq, impi, impu, client } = notes;
    const verifyFrame = verified.length > 0 ? at.frame : 0;
    const agreement: Agreement = {
      number: this.all.length,
      callId,
      cseq,
      impi,
      impu,
      client,
      server: [],
      serverFrame: 0,
      nonce: '',
      verify: verified,
      verifyFrame,
      frame: at.frame,
      time: at.time,
      ue: at.src,
      pcscf: at.dst,
    };
    this.enter(agreement);
    this.index(agreement);
    return agreement;
  }

  private answer(notes: SecurityNotes, at: SeenAt): boolean {
    const first = notes.server.find(isIpsec);
    if (first === undefined) return false;
    const calls = this.byCall.get(notes.callId) ?? [];
    const agreement =
      calls.findLast(({ cseq }) => cseq === notes.cseq) ?? calls.findLast(({ server }) => server.length === 0);
    if (agreement !== undefined && (agreement.server.length === 0 || hasSpis(agreement.server, first))) {
      const isNew = agreement.server.length === 0;
      if (isNew) agreement.serverFrame = at.frame;
      agreement.server = notes.server;
      agreement.nonce ||= notes.nonce;
      if (isNew) this.index(agreement);
      return isNew;
    }
    // The REGISTER is not in the capture, or was answered before with other SPIs.
    const turned = { ...at, src: at.dst, dst: at.src };
    const client = agreement?.client ?? [];
    const next = this.begin({ ...notes, client, impi: agreement?.impi ?? '' }, turned, []);
    if (next === undefined) return false;
    next.server = notes.server;
    next.serverFrame = at.frame;
    next.nonce = notes.nonce;
    this.index(next);
    return true;
  }

  private enter(agreement: Agreement): void {
    this.all.push(agreement);
    const calls = this.byCall.get(agreement.callId);
    if (calls === undefined) this.byCall.set(agreement.callId, [agreement]);
    else calls.push(agreement);
  }

  /** Its security associations are found by their SPIs from now on. */
  private index(agreement: Agreement): void {
    for (const side of sidesOf(agreement)) {
      const others = (this.bySpi.get(side.spi) ?? []).filter(
        (one) => one.agreement !== agreement || one.role !== side.role,
      );
      this.bySpi.set(side.spi, [side, ...others].slice(0, MAX_SAME_SPI));
    }
  }
}

function verify(agreement: Agreement, notes: SecurityNotes, at: SeenAt): void {
  if (agreement.verifyFrame !== 0) return;
  agreement.verify = notes.verify;
  agreement.verifyFrame = at.frame;
  agreement.impi ||= notes.impi;
  agreement.nonce ||= notes.nonce;
}

/** Whether what a request verifies names the SPIs that an agreement was answered with. */
function echoes({ verify: verified }: SecurityNotes, { server }: Agreement): boolean {
  const first = verified.find(isIpsec);
  return first !== undefined && hasSpis(server, first);
}

function hasSpis(mechanisms: readonly Mechanism[], { spiC, spiS }: Mechanism): boolean {
  return mechanisms.some((one) => isIpsec(one) && one.spiC === spiC && one.spiS === spiS);
}
