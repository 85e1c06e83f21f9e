import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { haveShared, lab, read, tellAll, type Told } from './read.ts';

/* Verdicts on captures of real software, against what that software itself said. */

interface Truth {
  readonly calls?: readonly {
    readonly callid?: string;
    readonly leg_a?: string;
    readonly leg_b?: string;
    readonly final?: number;
    readonly name?: string;
  }[];
  readonly cases?: readonly { readonly case: string; readonly callid?: string; readonly final?: number }[];
  readonly requests?: readonly Final[];
  readonly messages?: readonly Partial<Final>[];
  readonly registrations?: readonly Final[];
  readonly second_caller?: Final;
  readonly caller?: Final;
  readonly cancelled_call?: Final;
  readonly all_reject_call?: { readonly callid: string; readonly final_to_caller: number };
  readonly emergency?: Final;
  readonly not_emergency?: Final;
  readonly sipp?: Readonly<
    Record<string, { readonly command: string; readonly stats: Readonly<Record<string, string>> }>
  >;
  readonly sources?: Readonly<
    Record<string, { readonly method: string; readonly answers?: Readonly<Record<string, number>> }>
  >;
  readonly direct?: readonly {
    readonly callid: string;
    readonly requests: Readonly<Record<string, number>>;
    readonly responses: Readonly<Record<string, number>>;
  }[];
  readonly events: readonly { readonly who: string; readonly what: string }[];
}

interface Final {
  readonly callid: string;
  readonly final: number;
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(lab(name).replace('.pcap', '.truth.json'), 'utf8')) as Truth;
}

async function told(name: string): Promise<Told[]> {
  const { analysis } = await read(lab(name));
  return tellAll(analysis);
}

function byCallId(all: readonly Told[], callId: string): Told {
  const found = all.find((one) => one.callId === callId);
  if (found === undefined) throw new Error(`no call ${callId}`);
  return found;
}

/** Final statuses that the software at the caller's end saw, by Call-ID. */
function finals(truth: Truth): Final[] {
  const { calls = [], cases = [], requests = [], messages = [], registrations = [] } = truth;
  const pairs: Partial<Final>[] = [...cases, ...requests, ...messages, ...registrations];
  for (const { callid, leg_a, leg_b, final } of calls) {
    for (const id of [callid, leg_a, leg_b])
      if (id !== undefined && final !== undefined) pairs.push({ callid: id, final });
  }
  for (const one of [truth.second_caller, truth.caller, truth.cancelled_call, truth.emergency, truth.not_emergency]) {
    if (one !== undefined) pairs.push(one);
  }
  const refused = truth.all_reject_call;
  if (refused !== undefined) pairs.push({ callid: refused.callid, final: refused.final_to_caller });
  return pairs.filter((pair): pair is Final => pair.callid !== undefined && pair.final !== undefined);
}

const NAMES = [
  'b2bua',
  'dmq',
  'extensions',
  'failover',
  'failover-all-dead',
  'loop',
  'loop-two-proxies',
  'message',
  'parallel-fork',
  'sdpops',
  'spiral',
];

describe.skipIf(!haveShared)('the lab: final answers as the caller saw them', () => {
  it.each(NAMES)('%s', async (name) => {
    const all = await told(name);
    const wanted = finals(truthOf(name));
    expect(wanted.length).toBeGreaterThan(0);
    for (const { callid, final } of wanted) {
      const { status, state, partial, method, copies } = byCallId(all, callid);
      const good = method === 'REGISTER' ? ['registered', 'unregistered'] : ['completed'];
      expect([callid, status, final < 300 === good.includes(state), partial, copies]).toStrictEqual([
        callid,
        final,
        true,
        false,
        0,
      ]);
    }
  });
});

describe.skipIf(!haveShared)('the lab: calls that SIPp counted as successful', () => {
  it.each([
    'parallel-fork',
    'serial-fork',
    'failover',
    'load',
    'dispatcher',
    'stateless-rewrite',
    'transcoding',
    'no-ack-retransmit',
    'tcp-calls',
  ])('%s', async (name) => {
    const wanted = new Map<string, number>();
    for (const { command, stats } of Object.values(truthOf(name).sipp ?? {})) {
      const address = / -i (?<address>\S+)/u.exec(command)?.groups?.address ?? '';
      if (!/ -key dest /u.test(command)) continue;
      wanted.set(address, (wanted.get(address) ?? 0) + Number(stats['SuccessfulCall(C)']));
    }
    const all = await told(name);
    for (const [address, successful] of wanted) {
      const its = all.filter(({ callId }) => /^\d+-\d+@/u.test(callId) && callId.endsWith(`@${address}`));
      expect([address, its.filter(({ state, partial }) => state === 'completed' && !partial).length]).toStrictEqual([
        address,
        successful,
      ]);
    }
  });
});

function sentAgain(truth: Truth, name: string): number {
  return Number(truth.sipp?.[name]?.stats['Retransmissions(C)']);
}

describe.skipIf(!haveShared)('the lab: lost ACKs and answers that never came', () => {
  it('counts what SIPp and the scripted phones sent again', async () => {
    const truth = truthOf('no-ack-retransmit');
    const all = await told('no-ack-retransmit');
    const [lost, never] = all.filter(({ callId }) => callId.endsWith('@127.0.1.5')) as [Told, Told];
    const silent = all.find(({ callId }) => /^1-\d+@127\.0\.1\.6$/u.test(callId));
    expect(lost).toMatchObject({
      state: 'completed',
      retransmissions: sentAgain(truth, 'uac-acklost') + sentAgain(truth, 'uas-acklost'),
    });
    expect(never).toMatchObject({
      state: 'unacknowledged',
      retransmissions: sentAgain(truth, 'uac-acknever') + sentAgain(truth, 'uas-acknever'),
    });
    expect(silent).toMatchObject({
      state: 'timed-out',
      status: null,
      proof: null,
      retransmissions: sentAgain(truth, 'uac-noanswer'),
    });
  });

  it('a request that is repeated, or sent twice at once, is no copy', async () => {
    const truth = truthOf('no-ack-retransmit');
    const all = await told('no-ack-retransmit');
    const of = (part: string): Told => byCallId(all, truth.cases?.find((one) => one.case.includes(part))?.callid ?? '');
    // INVITE and its 100 came twice; BYE three times, each time answered; MESSAGE eight times.
    expect(of('duplicated at once')).toMatchObject({ state: 'completed', copies: 0, retransmissions: 2 });
    expect(of('BYE sent 3 times')).toMatchObject({ state: 'completed', copies: 0, retransmissions: 4 });
    expect(of('MESSAGE never answered')).toMatchObject({ state: 'timed-out', copies: 0, retransmissions: 7 });
  });

  it('a caller that hangs up instead of its ACK has not acknowledged', async () => {
    const all = await told('ptime-mismatch');
    const [rejected, ...others] = truthOf('ptime-mismatch').calls ?? [];
    expect(byCallId(all, rejected?.callid ?? '').state).toBe('unacknowledged');
    expect(others).toHaveLength(11);
    for (const { callid } of others) expect(byCallId(all, callid ?? '').state).toBe('completed');
  });
});

/** What the registrar's log says of a REGISTER: one that is challenged although it has credentials is refused. */
function registrationState(logged: string): string {
  if (logged.startsWith('registered')) return 'registered';
  return logged.includes('had-credentials=<null>') ? 'challenged' : 'rejected';
}

describe.skipIf(!haveShared)('the lab: registrations as the registrar logged them', () => {
  it.each(['register-uac', 'register-uac-realm-mismatch', 'register-uac-wrong-password'])('%s', async (name) => {
    const all = await told(name);
    const states = new Map<string, string>();
    for (const { who, what } of truthOf(name).events) {
      const callId = / callid=(?<id>\S+)/u.exec(what)?.groups?.id;
      if (who === 'kamailio:registrar' && callId !== undefined) states.set(callId, registrationState(what));
    }
    expect(all).toHaveLength(states.size);
    for (const [callId, state] of states) expect([callId, byCallId(all, callId).state]).toStrictEqual([callId, state]);
  });

  it('credentials for another realm are never sent, wrong ones are refused', async () => {
    for (const { why } of await told('register-uac-realm-mismatch')) expect(why).toContain('no credentials followed');
    const wrong = await told('register-uac-wrong-password');
    const refused = wrong.filter(({ state }) => state === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { why } of refused) expect(why).toContain('they were refused');
  });
});

describe.skipIf(!haveShared)('the lab: scanners', () => {
  it('each request has its own verdict', async () => {
    const { sources = {} } = truthOf('scanner');
    const wanted = new Map<string, number>();
    for (const { method, answers = {} } of Object.values(sources)) {
      for (const [status, count] of Object.entries(answers)) {
        wanted.set(`${method} ${status}`, (wanted.get(`${method} ${status}`) ?? 0) + count);
      }
    }
    const got = new Map<string, number>();
    for (const { callId, method, status } of await told('scanner')) {
      // The good phone among them.
      if (callId.endsWith('@127.0.1.5')) continue;
      got.set(`${method} ${status}`, (got.get(`${method} ${status}`) ?? 0) + 1);
    }
    expect(Object.fromEntries(got)).toStrictEqual(Object.fromEntries(wanted));
  });
});

describe.skipIf(!haveShared)('the lab: calls over TCP', () => {
  it('have all their messages, none of them twice', async () => {
    const wanted = new Map<string, number>();
    for (const { callid, requests, responses } of truthOf('tcp-calls').direct ?? []) {
      const sum = [...Object.values(requests), ...Object.values(responses)].reduce((a, b) => a + b, 0);
      wanted.set(callid, (wanted.get(callid) ?? 0) + sum);
    }
    expect(wanted.size).toBe(5);
    const all = await told('tcp-calls');
    for (const [callId, sum] of wanted) {
      const { messages, retransmissions, copies } = byCallId(all, callId);
      expect([callId, messages, retransmissions, copies]).toStrictEqual([callId, sum, 0, 0]);
    }
  });
});
