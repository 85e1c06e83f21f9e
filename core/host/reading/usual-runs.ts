import type { MediaProgram } from '../../analysis/streams/media-program.ts';
import type { ProgramMemory } from '../../bytes/program-memory.ts';
import type { Input } from '../../capture/input.ts';
import { Outcome } from '../../decode/ledger.ts';
import type { Packet } from '../../decode/packet.ts';
import type { Tally } from './drive.ts';
import { espRun } from './esp-run.ts';
import { RecordForm } from './record-form.ts';
import type { SipProgram } from './sip-program.ts';

/**
 * Reads on, by programs, over packets of media and SIP of the usual forms that stand behind others of them, and over those
 * of ESP that were opened ahead: as far as the window reaches, as if each had gone through the decoders. Whatever else
 * comes is left where it is, for the long way.
 */
export class UsualRuns {
  private readonly memory: ProgramMemory;
  private readonly form: RecordForm;
  private readonly media: MediaProgram | null;
  private readonly sip: SipProgram | null;

  /** @param memory that of both programs; either may be missing. */
  constructor(memory: ProgramMemory, media: MediaProgram | null, sip: SipProgram | null) {
    this.memory = memory;
    this.form = new RecordForm(memory);
    this.media = media;
    this.sip = sip;
  }

  /** `packet` is the one in front, of the same input. */
  readOn(input: Input, packet: Packet, tally: Tally): void {
    if (packet.association !== 0) {
      espRun(input, packet, tally);
      return;
    }
    if (packet.outcome !== Outcome.Media && packet.outcome !== Outcome.Sip) return;
    const { reader, window } = input;
    const { base } = tally;
    if (reader.layout === null || base === null || !this.memory.holds(window.bytes)) return;
    this.form.tell(reader.layout, base);
    const first = tally.packets;
    for (let before = -1; before !== tally.packets;) {
      before = tally.packets;
      this.sip?.run(input, packet, tally);
      if (this.media !== null) mediaRun(input, packet, tally, this.media);
    }
    if (tally.packets === first) return;
    input.packets += tally.packets - first;
    packet.frame = tally.packets;
    const seconds = Math.floor(packet.time / 1e9);
    reader.passed?.(base + seconds, packet.time - seconds * 1e9);
  }
}

/** Over media, in order of time. */
function mediaRun({ window }: Input, packet: Packet, tally: Tally, program: MediaProgram): void {
  window.at = program.run(tally.end, tally.packets, window.bytes, window.at, window.end);
  const { ran } = program;
  if (ran === 0) return;
  packet.ledger.add(Outcome.Media, ran);
  packet.time = tally.end = program.latest;
  tally.packets += ran;
  tally.bytes += program.wire;
}
