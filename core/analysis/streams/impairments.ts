import { amrMode } from '../../decode/codec-time.ts';
import type { Codec } from '../../decode/sdp-codecs.ts';
import type { Impairment } from './quality.ts';

/**
 * Codecs of narrow band for which both numbers are known: ITU-T G.113 (11/2007) appendix I, tables I.1 and I.4. Those of
 * G.711 are with concealment of losses (its appendix I), those of G.729 and G.723.1 with silence suppression: losses were
 * judged only so.
 */
const narrow: Readonly<Record<string, readonly [ie: number, bpl: number]>> = {
  PCMU: [0, 25.1],
  PCMA: [0, 25.1],
  G729: [11, 19],
  G729A: [11, 19],
  G723: [15, 16.1],
  'GSM-EFR': [5, 10],
};

/** The mode of AMR of 12.2 kbit/s is the same as GSM-EFR. */
const AMR_BEST = 7;

/**
 * AMR-WB (G.722.2) by mode: Ie,wb and Bpl,wb of ITU-T G.113 (09/2024) appendix IV, tables IV.3 and IV.4. They are those for
 * listening with both ears: only there losses were judged as well, of three modes. With one ear (table IV.1) the same
 * modes have 41, 26, 13, 7, 1 and 8, and no Bpl,wb; the two may not be mixed in one estimate. Modes 3, 5 and 6 have
 * values for one ear only. That 23.85 is worse than 23.05 is how it is published. The algorithm is that of G.107.1.
 */
const wide: Readonly<Record<number, readonly [ie: number, bpl: number | null]>> = {
  0: [56, null],
  1: [41, null],
  2: [20, 4.3],
  4: [17, null],
  7: [8, 4.6],
  8: [10, 4.9],
};
const wideRates = [6.6, 8.85, 12.65, 14.25, 15.85, 18.25, 19.85, 23.05, 23.85];
const narrowRates = [4.75, 5.15, 5.9, 6.7, 7.4, 7.95, 10.2, 12.2];

/** Whether the first bytes of its payloads say which mode of a codec it is. */
export function hasModes({ name }: Codec): boolean {
  return /^AMR(?:-WB)?$/iu.test(name);
}

/** What a codec does to speech, or a sentence that says why nobody knows. `heads`: first bytes of some payloads, for codecs of several modes. */
export function impairmentOf(codec: Codec, heads: readonly Uint8Array[]): Impairment | string {
  const name = codec.name.toUpperCase();
  const known = narrow[name];
  if (known !== undefined) return { ie: known[0], bpl: known[1], scale: 'narrowband' };
  switch (name) {
    case 'AMR':
      return amr(codec, heads);
    case 'AMR-WB':
      return amrWb(codec, heads);
    case 'G722':
      // 64 kbit/s, one ear (G.113 table IV.1). No Bpl,wb: what its concealment (appendices III and IV of G.722) is worth has no number there.
      return { ie: 13, bpl: null, scale: 'wideband' };
    case 'EVS':
      return 'ITU-T G.113 has values of EVS for super-wideband only, on the scale of G.107.2.';
    case 'OPUS':
      return 'ITU-T has published no values for Opus.';
    case '':
      return 'Nobody says what its payload type is.';
    default:
      return `No values are published for ${codec.name}.`;
  }
}

function amr(codec: Codec, heads: readonly Uint8Array[]): Impairment | string {
  const mode = modeOf(codec, heads);
  if (mode === null) return 'Which mode of AMR it is cannot be told from its packets.';
  if (mode === AMR_BEST) return { ie: 5, bpl: 10, scale: 'narrowband' };
  return `No values are published for AMR at ${narrowRates[mode] ?? '?'} kbit/s.`;
}

function amrWb(codec: Codec, heads: readonly Uint8Array[]): Impairment | string {
  const mode = modeOf(codec, heads);
  if (mode === null) return 'Which mode of AMR-WB it is cannot be told from its packets.';
  const known = wide[mode];
  if (known !== undefined) return { ie: known[0], bpl: known[1], scale: 'wideband' };
  return `ITU-T G.113 has no values for AMR-WB at ${wideRates[mode] ?? '?'} kbit/s that losses could be judged by.`;
}

/** The most frequent mode of the payloads that were kept; the one that SDP allows, where it allows one. */
function modeOf(codec: Codec, heads: readonly Uint8Array[]): number | null {
  const counts = new Map<number, number>();
  for (const head of heads) {
    const mode = amrMode(codec, head);
    if (mode !== null) counts.set(mode, (counts.get(mode) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (most !== undefined) return most[0];
  const only = /(?:^|[;\s])mode-set\s*=\s*(\d)\s*(?:;|$)/iu.exec(codec.parameters ?? '')?.[1];
  return only === undefined ? null : Number(only);
}
