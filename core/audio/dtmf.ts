/** The tones of DTMF events (RFC 4733 3.2, ITU-T Q.23), so that who listens hears which keys were pressed. */

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
/** Place of events 0 to 15 on the keypad: row × 4 + column. */
const places = [13, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 14, 3, 7, 11, 15];

/** Both frequencies of a key, Hz; null for events that are no keys. */
export function frequenciesOf(event: number): readonly [row: number, column: number] | null {
  const place = places[event];
  if (place === undefined) return null;
  return [rows[place >>> 2] as number, columns[place & 3] as number];
}

export class DtmfTone {
  private readonly rate: number;
  private frequencies: readonly [number, number] | null = null;
  private amplitude = 0;
  private sample = 0;

  constructor(rate: number) {
    this.rate = rate;
  }

  /** @param volume of the event, decibels below the loudest, 0 to 63. */
  begin(event: number, volume: number): void {
    this.frequencies = frequenciesOf(event);
    this.amplitude = 16_000 * 10 ** (-volume / 20);
    this.sample = 0;
  }

  write(out: Int16Array, at: number, count: number): void {
    const { frequencies, amplitude, rate } = this;
    if (frequencies === null) {
      out.fill(0, at, at + count);
      return;
    }
    const [first, second] = frequencies;
    for (let i = 0; i < count; i++, this.sample++) {
      const turn = (2 * Math.PI * this.sample) / rate;
      out[at + i] = Math.round(amplitude * (Math.sin(turn * first) + Math.sin(turn * second)));
    }
  }
}
