/**
 * The E-model as far as packets tell: codec, loss and delay; all else at its default. An estimate for a listener, not a
 * measurement. Codecs of narrow band are judged by ITU-T G.107, those of wide band by G.107.1, whose scale is another
 * one: a MOS on the one cannot be compared with one on the other.
 */

export type MosScale = 'narrowband' | 'wideband';

/** Impairment Ie and robustness Bpl of a codec (ITU-T G.113); `bpl` null where none is published: then only what lost nothing can be judged. */
export interface Impairment {
  readonly ie: number;
  readonly bpl: number | null;
  readonly scale: MosScale;
}

/** R of a connection without any impairment by codec, loss or delay (G.107 and G.107.1, all at default). */
const best: Readonly<Record<MosScale, number>> = { narrowband: 93.2, wideband: 129 };

/**
 * Rating factor R; null where packets were lost and nobody says what that does to the codec. `loss`: percent that did not
 * come or came too late; `delayMs`: one way.
 */
export function ratingFactor(
  { ie, bpl, scale }: Impairment,
  loss: number,
  delayMs: number,
  burstRatio = 1,
): number | null {
  if (bpl === null && loss > 0) return null;
  // 95 on both scales (G.107 7.5, G.107.1 7.5).
  const effective = bpl === null ? ie : ie + (95 - ie) * (loss / (loss / burstRatio + bpl));
  return best[scale] - delayImpairment(delayMs) - effective;
}

/** Idd of G.107 7.4, the same in G.107.1: nothing up to 100 ms. */
function delayImpairment(ms: number): number {
  if (ms <= 100) return 0;
  const x = Math.log2(ms / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** The mean opinion score for R (G.107 annex B, G.107.1 annex A): 1 to 4.5. */
export function opinionScore(r: number, scale: MosScale = 'narrowband'): number {
  const x = scale === 'wideband' ? r / 1.29 : r;
  if (x <= 0) return 1;
  if (x >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * x + x * (x - 60) * (100 - x) * 7e-6);
}
