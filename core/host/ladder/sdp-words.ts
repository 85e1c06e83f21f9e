import type { SessionDescription } from '../../decode/sdp.ts';

/** An SDP in the few words that fit beside an arrow: `PCMU PCMA 20 ms, sendonly`. */
export function sdpWords(sdp: SessionDescription): string {
  return sdp.media
    .map((media) => {
      const names = [...new Set(media.codecs.map(({ name }) => name).filter((name) => !quiet.has(name.toLowerCase())))];
      const codecs = names.length > 0 ? names.slice(0, 4).join(' ') + (names.length > 4 ? ' …' : '') : media.protocol;
      const words = media.type === 'audio' ? codecs : `${media.type} ${codecs}`;
      const ptime = media.ptimeMs === null ? '' : ` ${media.ptimeMs} ms`;
      const direction = media.direction === 'sendrecv' ? '' : `, ${media.direction}`;
      return media.port === 0 ? `${media.type} refused` : words + ptime + direction;
    })
    .join('; ');
}

/** Formats that ride along with a codec and say nothing about the call. */
const quiet = new Set(['telephone-event', 'cn', 'red']);
