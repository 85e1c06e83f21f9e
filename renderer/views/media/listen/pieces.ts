import type { Client } from '../../../../core/contract/channel.ts';
import type { AudioExport, AudioQuery, Waveform } from '../../../../core/contract/audio.ts';

/** Seconds that are fetched, decoded and played in one piece: hours are never in memory at once. */
export const PIECE_SECONDS = 30;
/** Pieces that are kept: the one that is heard, those beside it, and one more for those who go back. */
const MOST_PIECES = 4;
/** Opus is decoded to this many samples a second. */
const OPUS_RATE = 48_000;
const WAV_HEADER = 44;

/** A piece of the sound: a buffer of one channel for each of the sound's. */
export type Piece = readonly AudioBuffer[];

/** The sound of some streams in pieces: PCM as the host decodes it, Opus as this browser does. */
export class Pieces {
  readonly count: number;
  private readonly client: Client;
  private readonly query: AudioQuery;
  private readonly sound: Waveform;
  private readonly kept = new Map<number, Promise<Piece>>();

  constructor(client: Client, query: AudioQuery, sound: Waveform) {
    this.client = client;
    this.query = query;
    this.sound = sound;
    this.count = Math.max(1, Math.ceil(sound.seconds / PIECE_SECONDS));
  }

  /** Rejects as the host does, or where the browser has no decoder. */
  get(index: number): Promise<Piece> {
    const known = this.kept.get(index);
    if (known !== undefined) {
      // The one used last is given up last.
      this.kept.delete(index);
      this.kept.set(index, known);
      return known;
    }
    const piece = this.fetch(index);
    this.kept.set(index, piece);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_PIECES) break;
      this.kept.delete(oldest);
    }
    // What failed is tried again.
    piece.catch(() => this.kept.delete(index));
    return piece;
  }

  /** Where a piece of Opus begins in a buffer of one channel, decoded. */
  async opus(channel: number, index: number): Promise<AudioBuffer> {
    const bytes = await this.bytes(index, 'ogg', channel);
    return oneChannel(await decodedOpus(bytes.buffer), this.secondsOf(index));
  }

  private async fetch(index: number): Promise<Piece> {
    const { channels } = this.sound;
    if (channels.every(({ format }) => format === 'wav'))
      return split(await this.bytes(index, 'wav', null), this.sound);
    return Promise.all(
      channels.map(async ({ format }, channel) => {
        if (format === 'ogg') return this.opus(channel, index);
        const [buffer] = split(await this.bytes(index, 'wav', channel), this.sound);
        return buffer as AudioBuffer;
      }),
    );
  }

  private secondsOf(index: number): number {
    return Math.min(PIECE_SECONDS, this.sound.seconds - index * PIECE_SECONDS);
  }

  private async bytes(
    index: number,
    format: AudioExport['format'],
    channel: number | null,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = [];
    const { bytes } = await this.client.ask(
      'exportAudio',
      {
        ...this.query,
        format,
        part: { from: index * PIECE_SECONDS, seconds: PIECE_SECONDS },
        ...(channel === null ? {} : { channel }),
      },
      // The pipe may use its memory again.
      { onChunk: (chunk) => void chunks.push(chunk.slice()) },
    );
    const all = new Uint8Array(bytes);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}

async function decodedOpus(ogg: ArrayBuffer): Promise<AudioBuffer> {
  try {
    return await new OfflineAudioContext(1, 1, OPUS_RATE).decodeAudioData(ogg);
  } catch (error) {
    throw new Error('This browser does not decode Opus; saved as Ogg, other players will.', { cause: error });
  }
}

/** The channels of a WAV of ours, each in a buffer. */
function split(wav: Uint8Array, { rate }: Waveform): Piece {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.length);
  const wide = view.getUint16(22, true);
  const length = (wav.length - WAV_HEADER) / 2 / wide;
  return Array.from({ length: wide }, (_, channel) => {
    const buffer = new AudioBuffer({ length: Math.max(1, length), numberOfChannels: 1, sampleRate: rate });
    const samples = buffer.getChannelData(0);
    let at = WAV_HEADER + 2 * channel;
    for (let i = 0; i < length; i++, at += 2 * wide) samples[i] = view.getInt16(at, true) / 32_768;
    return buffer;
  });
}

/** What was decoded as one channel, as long as the piece is: decoders give a little more or less. */
function oneChannel(decoded: AudioBuffer, seconds: number): AudioBuffer {
  const { sampleRate, numberOfChannels } = decoded;
  const length = Math.max(1, Math.round(seconds * sampleRate));
  const buffer = new AudioBuffer({ length, numberOfChannels: 1, sampleRate });
  const mixed = buffer.getChannelData(0);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    const samples = decoded.getChannelData(channel);
    const end = Math.min(length, samples.length);
    for (let i = 0; i < end; i++) mixed[i] = (mixed[i] as number) + (samples[i] as number) / numberOfChannels;
  }
  return buffer;
}
