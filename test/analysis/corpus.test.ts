import { describe, expect, it } from 'vitest';
import { Flag } from '../../core/analysis/messages.ts';
import { corpus, haveShared, read, tellAll, type Told } from './read.ts';

async function told(name: string): Promise<Told[]> {
  const { analysis } = await read(corpus(name));
  return tellAll(analysis);
}

describe.skipIf(!haveShared)('public captures: packets that the capture saw two or three times', () => {
  /* Before, in and behind a GTP-U tunnel. Counted with tshark: packets whose innermost addresses, IP identification,
     CSeq, status and Call-ID an earlier one has. */
  it.each([
    ['open5gs-ipsec_to_ipsec_call.pcapng', 14, []],
    // The phone that is registered without IPsec does not answer at first.
    ['open5gs-ipsec_to_nonipsec_call.pcapng', 18, [172, 181]],
    ['open5gs-nonipsec_reg.pcapng', 24, []],
    ['open5gs-nonipsec_to_ipsec_call.pcapng', 20, []],
  ])('%s', async (name, copies, retransmitted) => {
    const { analysis } = await read(corpus(name));
    const { messages } = analysis;
    const rows = Array.from({ length: messages.count }, (_, row) => row);
    // Decrypted messages are other packets than those counted.
    const clear = rows.filter((row) => (messages.flags.get(row) & Flag.Decrypted) === 0);
    const marked = (flag: number): number[] => clear.filter((row) => (messages.flags.get(row) & flag) !== 0);
    expect(marked(Flag.Copy)).toHaveLength(copies);
    expect(marked(Flag.Retransmission).map((row) => messages.frame.get(row))).toStrictEqual(retransmitted);
  });

  it('count once: each OPTIONS and its answer', async () => {
    const pings = (await told('open5gs-nonipsec_to_ipsec_call.pcapng')).filter(({ method }) => method === 'OPTIONS');
    expect(pings).toHaveLength(4);
    for (const { state, messages, copies } of pings)
      expect([state, messages, copies]).toStrictEqual(['completed', 2, 4]);
  });
});

describe.skipIf(!haveShared)('public captures: what others get wrong', () => {
  it('sngrep-aaa: a 408 has timed out, a 480 is not busy, a REGISTER with wrong credentials is not registered', async () => {
    const all = await told('sngrep-aaa.pcap');
    expect(all.map(({ method, state, status }) => `${method} ${state} ${status}`)).toStrictEqual([
      'REGISTER rejected 401',
      'INVITE timed-out 408',
      'INVITE rejected 403',
      'REGISTER registered 200',
      'INVITE rejected 403',
      'INVITE rejected 480',
    ]);
    // The Via of the CANCEL leaves out the port that the one of the INVITE has.
    expect(all[1]?.why).toContain('The caller had sent CANCEL 2.7 s before');
    // The server repeats its 408, which nobody acknowledges.
    expect(all[1]).toMatchObject({ messages: 18, retransmissions: 12, copies: 0 });
  });

  it('sipnab-sip-proxy: both hops of a call, the called side hangs up', async () => {
    const [call] = await told('sipnab-sip-proxy.pcap');
    expect(call).toMatchObject({ state: 'completed', hops: 2, messages: 11 });
    expect(call?.why).toContain("the called side's BYE");
  });
});
