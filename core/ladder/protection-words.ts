import type { Protection } from '../contract/model.ts';

/** What became of a message in ESP, and of its ICV: `ESP opened, ICV good`. Only what was opened is a message at all. */
export function protectionWords({ icv, authentication, keySource }: Protection): string {
  const guessed = keySource === 'null-heuristic';
  if (icv !== 'unchecked') return `ESP opened, ICV ${icv}`;
  const verdict = authentication === 'none' ? 'no ICV' : 'ICV not checked';
  return `ESP opened, ${verdict}${guessed ? ' (NULL, guessed)' : ''}`;
}

/** By which association and with whose key it was opened: `SPI 0x074572c5, null, hmac-sha-1-96, key from the capture`. */
export function associationWords({ spi, encryption, authentication, keySource }: Protection): string {
  return [`SPI ${spi}`, encryption, authentication, sources[keySource]].join(', ');
}

const sources: Readonly<Record<Protection['keySource'], string>> = {
  user: 'key typed',
  capture: 'key from the capture',
  'null-heuristic': 'no key: NULL was guessed',
};
