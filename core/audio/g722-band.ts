/** One band of G.722: its scale factor, and the predictor with two poles and six zeros (ITU-T G.722 3.6). */
import { saturated } from './decoder.ts';

/** Table 12: antilogarithm of the scale factor's fraction. */
const ANTILOG = new Int32Array([
  2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960, 3025,
  3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008,
]);

export class G722Band {
  /** Signal that the predictor expects. */
  estimate = 0;
  /** Quantizer scale factor. */
  scale: number;

  private logarithm = 0;
  private zeroPart = 0;
  /** Coefficients of the poles. */
  private pole1 = 0;
  private pole2 = 0;
  /** Reconstructed signal, last and before. */
  private signal1 = 0;
  private signal2 = 0;
  /** Partially reconstructed signal, last and before. */
  private partial1 = 0;
  private partial2 = 0;
  /** Coefficients of the zeros, and the differences they apply to, the newest first. */
  private readonly zeros = new Int32Array(6);
  private readonly differences = new Int32Array(6);

  constructor(scale: number) {
    this.scale = scale;
  }

  /** Takes the quantized difference of a sample, and adapts: `step`, `most` and `shift` are of the band's scale factor. */
  next(difference: number, step: number, most: number, shift: number): void {
    this.adaptScale(step, most, shift);
    this.predict(difference);
  }

  /** LOGSCL and SCALEL, or LOGSCH and SCALEH. */
  private adaptScale(step: number, most: number, shift: number): void {
    const logarithm = ((this.logarithm * 127) >> 7) + step;
    this.logarithm = logarithm < 0 ? 0 : logarithm > most ? most : logarithm;
    const fraction = ANTILOG[(this.logarithm >> 6) & 31] as number;
    const right = shift - (this.logarithm >> 11);
    this.scale = (right < 0 ? fraction << -right : fraction >> right) << 2;
  }

  private predict(difference: number): void {
    const { zeros, differences } = this;
    const signal = saturated(this.estimate + difference);
    const partial = saturated(this.zeroPart + difference);
    const sign = partial >> 15;
    const isSame1 = sign === this.partial1 >> 15;
    const isSame2 = sign === this.partial2 >> 15;

    // UPPOL2
    const quadruple = saturated(this.pole1 << 2);
    const turned = isSame1 ? saturated(-quadruple) : quadruple;
    let pole2 = (turned >> 7) + (isSame2 ? 128 : -128) + ((this.pole2 * 32_512) >> 15);
    if (pole2 > 12_288) pole2 = 12_288;
    else if (pole2 < -12_288) pole2 = -12_288;
    // UPPOL1
    const bound = saturated(15_360 - pole2);
    let pole1 = saturated((isSame1 ? 192 : -192) + ((this.pole1 * 32_640) >> 15));
    if (pole1 > bound) pole1 = bound;
    else if (pole1 < -bound) pole1 = -bound;

    // UPZERO, and FILTEZ with what it gives.
    const gain = difference === 0 ? 0 : 128;
    const differenceSign = difference >> 15;
    let newest = difference;
    let zeroPart = 0;
    for (let i = 0; i < 6; i++) {
      const old = differences[i] as number;
      const towards = old >> 15 === differenceSign ? gain : -gain;
      const zero = saturated(towards + (((zeros[i] as number) * 32_640) >> 15));
      zeros[i] = zero;
      differences[i] = newest;
      zeroPart += (zero * saturated(newest + newest)) >> 15;
      newest = old;
    }
    this.zeroPart = saturated(zeroPart);

    this.partial2 = this.partial1;
    this.partial1 = partial;
    this.signal2 = this.signal1;
    this.signal1 = signal;
    this.pole1 = pole1;
    this.pole2 = pole2;
    // FILTEP and PREDIC
    const pole = ((pole1 * saturated(signal + signal)) >> 15) + ((pole2 * saturated(2 * this.signal2)) >> 15);
    this.estimate = saturated(saturated(pole) + this.zeroPart);
  }
}
