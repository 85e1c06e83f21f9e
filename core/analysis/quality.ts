/**
 * The E-model (ITU-T G.107) as far as packets tell: codec, loss and delay; all else at its default. An estimate for a
 * listener, not a measurement.
 */

/** Impairment Ie and robustness Bpl of a codec (ITU-T G.113, appendix I; for G.711 with concealment). */
export interface Impairment {
  readonly ie: number;
  readonly bpl: number;
}

/** Codecs of narrow band for which G.113 has both numbers. Wide band has a scale of its own (G.107.1) and is left out. */
const impairments: Readonly<Record<string, Impairment>> = {
  PCMU: { ie: 0, bpl: 25.1 },
  PCMA: { ie: 0, bpl: 25.1 },
  G729: { ie: 11, bpl: 19 },
  G729A: { ie: 11, bpl: 19 },
  G723: { ie: 15, bpl: 16.1 },
  'GSM-EFR': { ie: 5, bpl: 10 },
  // The mode of 12.2 kbit/s is the same as GSM-EFR.
  AMR: { ie: 5, bpl: 10 },
};

export function impairmentOf(codec: string): Impairment | null {
  return impairments[codec.toUpperCase()] ?? null;
}

/** R of a connection without any impairment by codec, loss or delay (G.107, all at default). */
const BEST = 93.2;

/** Rating factor R. `loss`: percent that did not come or came too late; `delayMs`: one way. */
export function ratingFactor({ ie, bpl }: Impairment, loss: number, delayMs: number, burstRatio = 1): number {
  const effective = ie + (95 - ie) * (loss / (loss / burstRatio + bpl));
  return BEST - delayImpairment(delayMs) - effective;
}

/** Idd of G.107 7.4: nothing up to 100 ms. */
function delayImpairment(ms: number): number {
  if (ms <= 100) return 0;
  const x = Math.log2(ms / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** The mean opinion score for R (G.107 annex B): 1 to 4.5. */
export function opinionScore(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}
