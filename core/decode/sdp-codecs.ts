/** What a payload type means without `a=rtpmap`: the static assignments of RFC 3551 6 (tables 4 and 5). */
export interface Codec {
  /** 0 to 127 */
  readonly payloadType: number;
  /** Encoding name as written; '' where nobody says what it is (a dynamic type without rtpmap). */
  readonly name: string;
  /** RTP clock in Hz, 0 where unknown. Not the sampling rate: G722 has 8000. */
  readonly clockRate: number;
  readonly channels: number;
  /** Of `a=fmtp`, as written; null where there is none. */
  readonly parameters: string | null;
}

const audio: readonly (readonly [payloadType: number, name: string, clockRate: number, channels?: number])[] = [
  [0, 'PCMU', 8000],
  [3, 'GSM', 8000],
  [4, 'G723', 8000],
  [5, 'DVI4', 8000],
  [6, 'DVI4', 16_000],
  [7, 'LPC', 8000],
  [8, 'PCMA', 8000],
  [9, 'G722', 8000],
  [10, 'L16', 44_100, 2],
  [11, 'L16', 44_100],
  [12, 'QCELP', 8000],
  [13, 'CN', 8000],
  [14, 'MPA', 90_000],
  [15, 'G728', 8000],
  [16, 'DVI4', 11_025],
  [17, 'DVI4', 22_050],
  [18, 'G729', 8000],
];
const video: readonly (readonly [payloadType: number, name: string])[] = [
  [25, 'CelB'],
  [26, 'JPEG'],
  [28, 'nv'],
  [31, 'H261'],
  [32, 'MPV'],
  [33, 'MP2T'],
  [34, 'H263'],
];

const assigned = new Map<number, Codec>();
for (const [payloadType, name, clockRate, channels = 1] of audio) {
  assigned.set(payloadType, { payloadType, name, clockRate, channels, parameters: null });
}
for (const [payloadType, name] of video) {
  assigned.set(payloadType, { payloadType, name, clockRate: 90_000, channels: 1, parameters: null });
}

/** The codec that RFC 3551 assigns to a payload type; null for dynamic, reserved and unassigned ones. */
export function staticCodec(payloadType: number): Codec | null {
  return assigned.get(payloadType) ?? null;
}
