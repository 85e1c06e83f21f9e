import type { PacketTimeFacts } from '../../analysis/streams/packet-time.ts';
import { Word } from '../../analysis/streams/stream-records.ts';
import type { PayloadSample } from '../../analysis/streams/stream-samples.ts';
import type { StepChange } from '../../analysis/streams/stream-steps.ts';
import type { Step, StreamTable } from '../../analysis/streams/stream-table.ts';
import type { JoinedStreams } from './joined-streams.ts';
import type { StreamMatch } from './stream-matches.ts';
import type { Types } from './stream-types.ts';

/** The facts of one stream; what only some verdicts need is looked up when they do. */
export class StreamFacts implements PacketTimeFacts {
  readonly codec: PacketTimeFacts['codec'];
  readonly clock: PacketTimeFacts['clock'];
  readonly isLikelyClock: boolean;
  readonly overhead: number;
  readonly wishes: PacketTimeFacts['wishes'];
  private readonly streams: JoinedStreams;
  private readonly table: StreamTable;
  private readonly stream: number;
  private readonly match: StreamMatch | null;

  /** @param isSound only then codec and clock count. */
  constructor(
    streams: JoinedStreams,
    stream: number,
    match: StreamMatch | null,
    types: Types,
    isSound: boolean,
    overhead: number,
  ) {
    this.streams = streams;
    this.table = streams.table;
    this.stream = stream;
    this.match = match;
    this.codec = isSound ? types.main : null;
    this.clock = isSound ? types.clock : null;
    this.isLikelyClock = types.clockFrom === 'likely';
    this.overhead = overhead;
    this.wishes = match === null ? [] : streams.wishes(stream, match);
  }

  get sender(): string {
    return this.streams.side(this.stream, this.match, false);
  }

  get receiver(): string {
    return this.streams.side(this.stream, this.match, true);
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
