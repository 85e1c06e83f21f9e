import { connectionAddress, directionOf, readSdp, type Direction, type Media } from './sdp.ts';

/** Texts of each kind that are remembered. */
const MOST_KEPT = 1000;
/** Longer descriptions are read the long way, so that what is remembered stays small. */
const LONGEST = 4096;
/** Sections of a description that are read by what is known; with more it is read the long way. */
const MOST_SECTIONS = 16;

/** What stands in front of the sections hands down to them. */
interface Head {
  readonly address: string | null;
  readonly direction: Direction;
}

/** A section as it is by itself. */
interface Section {
  readonly media: Media;
  readonly direction: Direction | null;
}

/**
 * Reads the media sections of many descriptions. Those of one capture are mostly alike: but for the origin, which says
 * nothing of media, only addresses and ports differ. So equal texts of heads and of sections are read once, without
 * origin and port, and what a section inherits is put in. Where that does not fit, all is read the long way (`readSdp`);
 * what comes out is the same.
 */
export class SdpMedia {
  /** By text; null where it is none of the usual form. */
  private readonly heads = new Map<string, Head | null>();
  private readonly sections = new Map<string, Section | null>();

  /** The same as `readSdp(text).media`; sections share formats, codecs and attributes with those that are alike. */
  read(text: string): readonly Media[] {
    return this.alike(text) ?? readSdp(text).media;
  }

  private alike(text: string): Media[] | null {
    if (text.length > LONGEST) return null;
    let at = text.indexOf('\nm=') + 1;
    const head = at === 0 ? null : this.head(text.slice(0, at));
    if (head === null) return null;
    const media: Media[] = [];
    while (at > 0) {
      const next = text.indexOf('\nm=', at) + 1;
      const section = this.section(next === 0 ? text.slice(at) : text.slice(at, next), head);
      if (section === null || media.length === MOST_SECTIONS) return null;
      media.push(section);
      at = next;
    }
    return media;
  }

  private head(text: string): Head | null {
    const plain = withoutLine(text, lineFrom(text, '\no='));
    const at = lineFrom(plain, '\nc=');
    const address = at < 0 ? null : connectionAddress(plain.slice(at + 2, plain.indexOf('\n', at)));
    const key = address === null ? plain : withoutLine(plain, at);
    let known = this.heads.get(key);
    if (known === undefined) {
      // A section without anything of its own has what is handed down.
      const { media } = readSdp(`${key}m=- 0 - -`);
      known = media.length === 1 ? (media[0] ?? null) : null;
      if (this.heads.size >= MOST_KEPT) this.heads.clear();
      this.heads.set(key, known);
    }
    if (known === null || address === null) return known;
    // The first address counts: which of two that is, is told the long way.
    return known.address === null ? { address, direction: known.direction } : null;
  }

  /** @param text from `m=` on. */
  private section(text: string, head: Head): Media | null {
    const from = text.indexOf(' ') + 1;
    const to = text.indexOf(' ', from);
    const port = portIn(text, from, to);
    if (port < 0) return null;
    const key = text.slice(0, from) + text.slice(to);
    let known = this.sections.get(key);
    if (known === undefined) {
      known = onlySection(text, text.slice(2, from - 1), port);
      if (this.sections.size >= MOST_KEPT) this.sections.clear();
      this.sections.set(key, known);
    }
    if (known === null) return null;
    const { direction, media } = known;
    return { ...media, port, address: media.address ?? head.address, direction: direction ?? head.direction };
  }
}

/** Where the first line that begins so begins; -1 where there is none, or it is no line by itself. */
function lineFrom(text: string, start: string): number {
  const from = text.indexOf(start) + 1;
  if (from === 0) return -1;
  const to = text.indexOf('\n', from);
  const end = text.indexOf('\r', from);
  // A lone CR is a line end, too: what stands behind it is another line.
  return to === -1 || (end !== -1 && end < to - 1) ? -1 : from;
}

/** A head without the line that begins at `from`. */
function withoutLine(text: string, from: number): string {
  return from < 0 ? text : text.slice(0, from) + text.slice(text.indexOf('\n', from) + 1);
}

/** The port that `text[from, to)` is; -1 where it is none. */
function portIn(text: string, from: number, to: number): number {
  if (from === 0 || to <= from || to - from > 5) return -1;
  let port = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    port = port * 10 + digit;
  }
  return port > 65_535 ? -1 : port;
}

/** The section that a text consists of; null where it is not just one with this type and port. */
function onlySection(text: string, type: string, port: number): Section | null {
  const { media } = readSdp(text);
  const [only] = media;
  if (only === undefined || media.length > 1 || only.type !== type || only.port !== port) return null;
  return { media: only, direction: directionOf(only.attributes) };
}
