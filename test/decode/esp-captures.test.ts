import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { opened, table } from '../capture-session.ts';
import type { MessageRow } from '../../core/contract/model.ts';

/*
 * Captures of others, of real and of made phones: all SIP in ESP without encryption is found, with how it was protected,
 * and nothing is made up out of what is encrypted.
 */

const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures');
const lab = join(shared, 'lab');
const corpus = join(shared, 'corpus', 'captures');
const here = existsSync(shared);

interface TruthMessage {
  readonly src: string;
  readonly dst: string;
  readonly transport: string;
  readonly spi: string | null;
  readonly cseq: string;
  readonly callid: string;
  readonly first_line: string;
}

async function contents(
  path: string,
): Promise<{ messages: MessageRow[]; ledger: Record<string, number>; faults: string[] }> {
  const { client } = await opened(path, { autoKeys: false });
  try {
    const { ledger, faults } = await client.ask('stats', {});
    return {
      messages: await table<MessageRow>(client, 'messages'),
      ledger: Object.fromEntries(ledger.map(({ code, packets }) => [code, packets])),
      faults: faults.filter(({ protocol }) => protocol === 'esp').map(({ code }) => code),
    };
  } finally {
    await client.close();
  }
}

describe.skipIf(!here)('captures with ESP (skipped where the collection is not beside the project)', () => {
  test.each(['a', 'g'])('ims-esp-%s: every message that was sent, in ESP or not', async (name) => {
    const { messages, ledger, faults } = await contents(join(lab, `ims-esp-${name}.pcap`));
    const truth = JSON.parse(readFileSync(join(lab, `ims-esp-${name}.truth.json`), 'utf8')) as {
      messages: TruthMessage[];
    };
    const ours = messages.map(({ src, sport, dst, dport, transport, protection, cseq, callId, method, status }) =>
      [
        `${src}:${sport}`,
        `${dst}:${dport}`,
        transport,
        protection?.spi ?? null,
        `${cseq?.number} ${cseq?.method}`,
        callId,
        method ?? `SIP/2.0 ${status}`,
      ].join(' '),
    );
    const theirs = truth.messages.map(({ src, dst, transport, spi, cseq, callid, first_line: line }) =>
      [src, dst, transport, spi, cseq, callid, /^(?:SIP\/2.0 \d+|\S+)/.exec(line)?.[0]].join(' '),
    );
    expect(ours.toSorted()).toEqual(theirs.toSorted());
    expect(ledger).not.toHaveProperty('esp');
    expect(ledger).toMatchObject({ media: 913 });
    expect(faults).toEqual([]);
  });

  test('a message says how it was protected, and that nobody has checked it', async () => {
    const { messages } = await contents(join(lab, 'ims-esp-g.pcap'));
    const inside = messages.filter(({ decrypted }) => decrypted);
    expect(inside).toHaveLength(36);
    expect(new Set(inside.map(({ protection }) => JSON.stringify({ ...protection, spi: '' })))).toEqual(
      new Set([
        JSON.stringify({
          kind: 'esp',
          spi: '',
          encryption: 'null',
          authentication: 'hmac-md5-96',
          icv: 'unchecked',
          keySource: 'null-heuristic',
        }),
      ]),
    );
    expect(messages.filter(({ decrypted, protection }) => !decrypted && protection !== null)).toEqual([]);
  });

  test.each([
    ['b', 71],
    ['c', 51],
    ['d', 984],
    ['e', 71],
    ['f', 20],
    ['h', 51],
  ])('ims-esp-%s: what is encrypted stays so', async (name, packets) => {
    const { messages, ledger, faults } = await contents(join(lab, `ims-esp-${name}.pcap`));
    expect(ledger.esp).toBe(packets);
    expect(messages.filter(({ protection }) => protection !== null)).toEqual([]);
    expect(faults).toEqual([]);
  });

  test.each([
    ['arkime-IKEv2.pcap', 162],
    ['ndpi-ipsec_isakmp_esp.pcap', 315],
    ['scapy-ikev2_nat_t.pcapng', 24],
    ['suri-eve-flow-esp.pcap', 8],
    ['tcpdump-02-sunrise-sunset-esp.pcap', 8],
    ['tcpdump-espudp1.pcap', 8],
    ['tcpdump-isakmp4500.pcap', 8],
    ['wireshark-esp-bug-12671.pcapng.gz', 6],
    // Of 240 and 120: the others are pings without encryption, with HMAC-…-96 or nothing behind them.
    ['arkime-wireshark-esp.pcap', 180],
    ['zeek-ip6_esp.pcap', 90],
  ])('%s: %i packets are encrypted', async (name, packets) => {
    const { ledger } = await contents(join(corpus, name));
    expect(ledger.esp).toBe(packets);
  });

  test.each(['ipsec_to_ipsec_call', 'ipsec_to_nonipsec_call', 'nonipsec_to_ipsec_call'])(
    'open5gs-%s: nothing stays closed',
    async (name) => {
      const { messages, ledger, faults } = await contents(join(corpus, `open5gs-${name}.pcapng`));
      expect(ledger).not.toHaveProperty('esp');
      expect(messages.some(({ protection }) => protection?.encryption === 'null')).toBe(true);
      expect(faults).toEqual([]);
    },
  );
});
