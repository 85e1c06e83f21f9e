import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, tellAll } from './read.ts';

interface Expected {
  readonly calls: readonly {
    readonly callId: string;
    readonly method: string;
    readonly state: string;
    readonly finalStatus?: number | null;
    readonly partial?: boolean;
    readonly about: string;
  }[];
}

describe('the fixtures, whose makers know what each call comes to', () => {
  it.each(['states.pcap', 'sample-day.pcapng'])('%s', async (name) => {
    const path = `fixtures/${name}`;
    const { calls } = JSON.parse(readFileSync(path.replace(/\.pcap(?:ng)?$/u, '.expected.json'), 'utf8')) as Expected;
    const { analysis } = await read(path);
    const got = new Map(tellAll(analysis).map((told) => [told.callId, told]));
    expect(got.size).toBe(calls.length);
    for (const { callId, method, state, finalStatus = null, partial = false, about } of calls) {
      const told = got.get(callId);
      expect([about, told?.method, told?.state, told?.status, told?.partial]).toStrictEqual([
        about,
        method,
        state,
        finalStatus,
        partial,
      ]);
    }
  });
});
