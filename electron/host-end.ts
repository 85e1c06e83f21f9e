/** What is known of how the process of a capture ended. */
export interface HostEnd {
  /** Its exit status, or what the system makes of a signal; null where it is not known. */
  readonly code: number | null;
  /** Chromium's word: `crashed`, `oom`, `killed`, `launch-failed` …; null where it said none. */
  readonly reason: string | null;
  /** What the process said itself before it ended, with a stack; null where it said nothing. */
  readonly fault: string | null;
  /** The end of what it wrote to standard error. */
  readonly lastWords: string;
}

/** Signals as users know them; others are shown as numbers. */
const signals: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

/** One or two sentences for the user. */
export function hostEndText({ code, reason, fault, lastWords }: HostEnd): string {
  if (fault !== null) return `Reading this capture met a fault in Sipglass itself (${firstLine(fault)}).`;
  if (reason === 'oom' || code === OUT_OF_MEMORY || /out of memory|heap limit/iu.test(lastWords))
    return 'The process that held this capture ran out of memory. A filter does not help against that, a shorter capture does.';
  if (reason === 'launch-failed') return 'The process that reads the capture could not be started.';
  const how = signalOf(code);
  if (how !== null && (reason === 'killed' || how === 'SIGKILL' || how === 'SIGTERM'))
    return `The process that held this capture was ended from outside (${how}). When memory runs short, the system does that.`;
  if (how !== null) return `The process that held this capture crashed (${how}).`;
  return `The process that held this capture ended (${code === null ? 'no status known' : `exit status ${code}`}).`;
}

/** V8 ends a process that has no memory left with this status on Windows; elsewhere Chromium says `oom`. */
const OUT_OF_MEMORY = -536_870_904;

function signalOf(code: number | null): string | null {
  if (code === null) return null;
  // A shell's way (128 + 9), the system's own, and with the bit for a core file.
  const number = code > 128 && code < 160 && signals[code - 128] !== undefined ? code - 128 : code & 0x7f;
  return code > 255 || code <= 0 ? null : (signals[number] ?? null);
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
