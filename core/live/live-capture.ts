import type { LiveOptions, LiveState } from '../contract/live.ts';
import { startHelper, type Helper } from './child.ts';
import { FileRing } from './file-ring.ts';
import { understand } from './helper-words.ts';
import { EMPTY, removeFiles } from './left-behind.ts';
import { liveFiles, type Place } from './live-folder.ts';
import { Recorder } from './recorder.ts';
import type { Recording } from './recording.ts';
import { rightsCommands, rightsHint } from './rights.ts';
import { chooseHelper, type Chosen } from './sources.ts';

const FILE_BYTES = 100_000_000;
export const FILES = 20;
/** Calls of which the index is renewed, where nothing else is asked for. */
export const MOST_CALLS = 100_000;
/** Notes that are kept; a helper that never stops talking is not listened to for ever. */
const MAX_NOTES = 50;

/** One live capture from its start to its end. */
export class LiveCapture implements Recording {
  readonly recorder: Recorder;
  /** Settles when it is over; never rejects: `state` says how it ended. */
  readonly ended: Promise<void>;

  readonly ring: FileRing;
  private readonly place: Place;
  private readonly chosen: Chosen;
  private readonly helper: Helper;
  private readonly notes: string[] = [];
  private phase: LiveState['state'] = 'starting';
  private dropped: number | null = null;
  private asked = false;
  private problem: string | null = null;
  /** What gives rights was said. */
  private hinted = false;
  /** What the helper said first of what it could not do: the cause; what it says later follows from it. */
  private refused: string | null = null;
  private commands: readonly string[] = [];
  private readonly began = new Date().toISOString();
  private readonly options: LiveOptions;
  /** Position up to which it was written to a file of the user's. */
  private savedTo = -1;

  private constructor(
    options: LiveOptions,
    chosen: Chosen,
    helper: Helper,
    ring: FileRing,
    recorder: Recorder,
    place: Place,
  ) {
    this.options = options;
    this.place = place;
    this.chosen = chosen;
    this.helper = helper;
    this.ring = ring;
    this.recorder = recorder;
    this.notes.push(...chosen.notes);
    this.ended = this.run();
  }

  /**
   * Begins to capture. Rejects with a CaptureError where the helper is missing or
   * cannot be started; what it says later (no rights, no such interface) is in `state`.
   */
  static async start(options: LiveOptions, place: Place): Promise<LiveCapture> {
    const chosen = await chooseHelper(options);
    const ring = new FileRing(options.files ?? FILES, place.pathOf);
    const recorder = new Recorder(chosen.name, ring, options.fileBytes ?? FILE_BYTES);
    // So that the session has its format, before the first packet comes.
    if (place.early) await begun(recorder, ring);
    const lines: string[] = [];
    let say = (line: string): void => void lines.push(line);
    const helper = await (chosen.listen === undefined
      ? startHelper(chosen.command, (line) => say(line))
      : chosen.listen((line) => say(line)));
    const capture = new LiveCapture(options, chosen, helper, ring, recorder, place);
    say = (line) => capture.hear(line);
    for (const line of lines) capture.hear(line);
    return capture;
  }

  /** A file for a moment, beside the others. */
  get carriedPath(): string {
    return this.place.carriedPath;
  }

  get state(): LiveState {
    const { ring, recorder, chosen, options } = this;
    const { files = FILES, fileBytes = FILE_BYTES, calls = MOST_CALLS, hepTo, bpf = '' } = options;
    return {
      backend: chosen.backend,
      name: chosen.name,
      // A helper says that it captures before it has opened the interface; its stream begins behind that.
      state: this.phase === 'starting' && recorder.begun ? 'running' : this.phase,
      packets: recorder.packets,
      dropped: this.dropped,
      bytesWritten: ring.written,
      bytesKept: ring.written - ring.keptFrom,
      files: ring.paths,
      notes: this.notes,
      problem: this.problem,
      commands: this.commands,
      began: this.began,
      bpf: bpf.trim(),
      limits: { bytes: files * fileBytes, calls },
      hepTo: hepTo === undefined ? null : endText(hepTo),
      saved: this.isSaved,
    };
  }

  private get isSaved(): boolean {
    return this.phase !== 'starting' && this.phase !== 'running' && this.savedTo === this.ring.written;
  }

  /** It was written to a file of the user's, up to position `end`. */
  wasSaved(end: number): void {
    this.savedTo = end;
  }

  /** Ends it. What was captured and not saved stays where it is: it is left behind for the next start. */
  async letGo(): Promise<void> {
    await this.stop();
    if (this.recorder.packets === 0 || this.isSaved) await removeFiles(this.ring.paths);
  }

  /** Gives up what was captured. */
  async remove(): Promise<void> {
    await this.stop();
    await removeFiles(this.ring.paths);
  }

  /** Ends it: the helper hands over what it has and says what it dropped. */
  async stop(): Promise<void> {
    this.asked = true;
    this.helper.stop();
    await this.ended;
  }

  private async run(): Promise<void> {
    let failure: string | null = null;
    try {
      await this.recorder.record(this.helper.packets);
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      // Nobody takes its packets any more.
      this.helper.packets.resume();
      this.helper.stop();
    }
    const status = await this.helper.ended;
    await this.ring.close();
    this.finish(failure, status);
    // What failed at once leaves nothing behind; files of a session go when it is closed.
    if (this.phase === 'failed' && !this.place.early && this.ring.written <= EMPTY) await removeFiles(this.ring.paths);
  }

  private finish(failure: string | null, status: number | null): void {
    const { recorder, refused } = this;
    // A stream that was ended before its first packet is none, and that is no fault.
    const short = this.asked && recorder.packets === 0;
    if (failure !== null && recorder.trouble) this.fail(failure);
    else if (this.asked && (failure === null || short)) this.phase = 'stopped';
    else {
      const how = howEnded(status);
      this.fail(refused ?? failure ?? `${this.chosen.title} ${how}`);
    }
  }

  private fail(why: string): void {
    this.phase = 'failed';
    this.problem =
      this.recorder.packets === 0 ? why : `${why.replace(/\.$/u, '')}; what was captured until then is kept`;
  }

  private hear(line: string): void {
    // dumpcap says some things in two lines.
    if (this.refused?.endsWith(' because') === true) {
      this.refused += ` ${line.trim()}`;
      return;
    }
    const word = understand(line);
    // Once the disk took no more the helper complains that nobody reads.
    if (word === null || this.recorder.trouble) return;
    if (word.kind === 'dropped') this.dropped = (this.dropped ?? 0) + word.packets;
    else if (word.kind === 'refused') {
      const text = word.rights && !this.hinted ? `${word.text} – ${this.rights()}` : word.text;
      this.hinted ||= word.rights;
      this.refused ??= text;
      if (word.rights) this.commands = this.rightsLines();
      this.note(text);
    }
  }

  private rights(): string {
    const { backend, path } = this.chosen;
    if (backend === 'dumpcap' || backend === 'tcpdump' || backend === 'cap') return rightsHint(backend, path);
    return 'the user of that machine needs rights to capture there';
  }

  private rightsLines(): readonly string[] {
    const { backend, path } = this.chosen;
    return backend === 'dumpcap' || backend === 'tcpdump' || backend === 'cap' ? rightsCommands(backend, path) : [];
  }

  private note(text: string): void {
    if (this.notes.length < MAX_NOTES && !this.notes.includes(text)) this.notes.push(text);
  }
}

function endText({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Signals that end a helper, as users know them; others are numbers. */
const signals: Readonly<Record<number, string>> = { 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' };

/** A shell tells of a signal as 128 and its number. */
function howEnded(status: number | null): string {
  if (status === null) return 'was ended from outside';
  const signal = status > 128 && status < 160 ? status - 128 : null;
  return signal === null
    ? `ended with status ${status}`
    : `was ended from outside (${signals[signal] ?? `signal ${signal}`})`;
}

async function begun(recorder: Recorder, ring: FileRing): Promise<void> {
  try {
    await recorder.begin();
  } catch (error) {
    await ring.close();
    await removeFiles(ring.paths);
    throw error;
  }
}

/** A live capture for a session. Rejects with a CaptureError of one sentence. */
export async function beginLive(options: LiveOptions): Promise<LiveCapture> {
  return LiveCapture.start(options, await liveFiles(options.folder));
}
