import type { PacketTimeFacts } from '../../analysis/streams/packet-time.ts';
import { Word } from '../../analysis/streams/stream-records.ts';
import type { PayloadSample } from '../../analysis/streams/stream-samples.ts';
import type { StepChange } from '../../analysis/streams/stream-steps.ts';
import type { Step, StreamTable } from '../../analysis/streams/stream-table.ts';

/** What is known of a stream's packet time from elsewhere than its packets. */
interface Told extends Pick<PacketTimeFacts, 'codec' | 'clock' | 'isLikelyClock' | 'overhead' | 'wishes'> {
  /** What to call receiver or sender in a sentence. */
  readonly side: (isReceiver: boolean) => string;
}

/** The facts of one stream; what only some verdicts need is looked up when they do. */
export class StreamFacts implements PacketTimeFacts {
  readonly codec: Told['codec'];
  readonly clock: Told['clock'];
  readonly isLikelyClock: boolean;
  readonly overhead: number;
  readonly wishes: Told['wishes'];
  private readonly side: Told['side'];
  private readonly table: StreamTable;
  private readonly stream: number;

  constructor(table: StreamTable, stream: number, told: Told) {
    this.table = table;
    this.stream = stream;
    this.codec = told.codec;
    this.clock = told.clock;
    this.isLikelyClock = told.isLikelyClock;
    this.overhead = told.overhead;
    this.wishes = told.wishes;
    this.side = told.side;
  }

  get sender(): string {
    return this.side(false);
  }

  get receiver(): string {
    return this.side(true);
  }

  get packets(): number {
    return this.table.word(this.stream, Word.Packets);
  }

  get steps(): readonly Step[] {
    return this.table.steps(this.stream);
  }

  get changes(): readonly StepChange[] {
    return this.table.changes(this.stream);
  }

  get medianMs(): number | null {
    return this.table.medianSpacing(this.stream);
  }

  get samples(): readonly PayloadSample[] {
    return this.table.samples(this.stream);
  }
}
