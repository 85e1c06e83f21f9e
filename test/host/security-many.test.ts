import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as build from '../../fixtures/builder/index.ts';
import { opened } from '../capture-session.ts';

/** Thousands of phones that register: the list is bounded, what is left out is counted, and its numbers stay what they are. */

const scratch = mkdtempSync(join(tmpdir(), 'sipglass-many-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const PHONES = 2100;

function registering(): Uint8Array {
  const timeline = new build.Timeline(0n);
  const pcscf = { host: '10.250.0.1', port: 5060 };
  for (let phone = 0; phone < PHONES; phone++) {
    // The first phone registers three times.
    const user = phone < 3 ? 0 : phone;
    const ue = { host: `10.1.${user >> 8}.${user & 255}`, port: 5060 };
    const mechanism = (spi: number): string =>
      `ipsec-3gpp;alg=hmac-sha-1-96;ealg=aes-cbc;spi-c=${spi};spi-s=${spi + 1};port-c=4000;port-s=4001`;
    const headers: build.Header[] = [
      ['Via', `SIP/2.0/UDP ${ue.host};branch=z9hG4bK${phone}`],
      ['From', `<sip:u${user}@x>;tag=a`],
      ['To', `<sip:u${user}@x>`],
      ['Call-ID', `call-${user}`],
      ['CSeq', `${phone + 1} REGISTER`],
    ];
    const own: build.Header = ['Security-Client', mechanism(100_000 + 4 * phone)];
    const theirs: build.Header = ['Security-Server', mechanism(100_002 + 4 * phone)];
    const request = build.sip({ start: 'REGISTER sip:x SIP/2.0', headers: [...headers, own] });
    timeline.ip(phone, build.udpPacket(ue, pcscf, request));
    const answer = build.sip({ start: 'SIP/2.0 401 Unauthorized', headers: [...headers, theirs] });
    timeline.ip(phone + 0.1, build.udpPacket(pcscf, ue, answer));
  }
  return build.pcap(timeline.packets());
}

test('the first ones are listed, and those left out are counted', async () => {
  const path = join(scratch, 'many.pcap');
  writeFileSync(path, registering());
  const { client } = await opened(path);
  try {
    const { registrations, associations, leftOut } = await client.ask('securityAssociations', {});
    expect([registrations.length, associations.length, leftOut]).toEqual([2000, 8000, 400]);
    expect(registrations.slice(0, 4).map(({ replacedBy }) => replacedBy)).toEqual([2, 3, null, null]);
    expect(registrations.at(-1)).toMatchObject({ id: 2000, associations: [7997, 7998, 7999, 8000], replacedBy: null });
    expect(await client.ask('revealKey', { association: 8400 })).toMatchObject({ ck: null, encryption: null });
    await expect(client.ask('revealKey', { association: 8401 })).rejects.toThrow('no security association');
  } finally {
    await client.close();
  }
});
