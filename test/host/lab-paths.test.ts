import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CallRow } from '../../core/contract/model.ts';
import type { Fork, Path } from '../../core/contract/paths.ts';
import { opened, table } from '../capture-session.ts';

/** Paths, forks and legs of captures of real proxies, against what they and their peers logged. */

const folder = '../shared/captures/lab';
const have = existsSync(folder);
if (!have) process.stdout.write(`skipped: ${folder} is not there, paths and forks of real proxies were not checked\n`);

/** What the truth files tell, as far as it is used here; which fields there are depends on the scenario. */
interface Truth {
  readonly hosts: Readonly<Record<string, string>>;
  readonly requests?: readonly {
    kind: string;
    method: string;
    callid: string;
    max_forwards_sent: number;
    final: number;
  }[];
  readonly events: readonly { t: number; who: string; what: string; callid?: string }[];
  readonly calls?: readonly Record<string, unknown>[];
  readonly kamailio: { readonly kam: { readonly parameters: Readonly<Record<string, string>> } };
  readonly messages: readonly { readonly callid: string; readonly final: number }[];
  readonly answering: string;
  readonly peers: Readonly<Record<string, { readonly address: string }>>;
  readonly cancelled_call: { readonly callid: string };
  readonly all_reject_call: { callid: string; branch_codes: number[]; final_to_caller: number };
  readonly race_call: { callid: string; two_hundreds_from: string[] };
  readonly caller: { readonly final: number };
}

function truth(name: string): Truth {
  return JSON.parse(readFileSync(`${folder}/${name}.truth.json`, 'utf8')) as Truth;
}

async function rowsOf<Row>(name: string, what: 'paths' | 'forks' | 'calls'): Promise<Row[]> {
  const { client } = await opened(`${folder}/${name}.pcap`, { streams: false });
  try {
    return await table<Row>(client, what);
  } finally {
    await client.close();
  }
}

function named(names: readonly string[], pattern: RegExp): string[] {
  return have ? names.filter((name) => pattern.test(name)) : [];
}

const captures = have
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.pcap'))
      .map((name) => name.slice(0, -'.pcap'.length))
  : [];

/** What the proxies logged for each pass of a request: Max-Forwards after it was counted down, and the Request-URI. */
function passes(events: Truth['events'], method: string, callId: string): { maxForwards: number; uri: string }[] {
  return events.flatMap(({ what }) => {
    const found = /^hop method=(\S+) callid=(\S+) maxfwd=\s*(\d+) ruri=(\S+)/u.exec(what);
    if (found === null || found[1] !== method || found[2] !== callId) return [];
    return [{ maxForwards: Number(found[3]), uri: found[4] ?? '' }];
  });
}

describe.skipIf(!have)('paths', () => {
  test.each(named(captures, /^(?:loop|loop-two-proxies|spiral)$/u))('%s: every pass, and the verdict', async (name) => {
    const { requests = [], events } = truth(name);
    const paths = await rowsOf<Path>(name, 'paths');
    expect(requests.length).toBeGreaterThan(0);
    for (const { kind, method, callid, max_forwards_sent: sent, final } of requests) {
      const path = paths.find((one) => one.callId === callid && one.cseq.method === method);
      const logged = passes(events, method, callid);
      const wanted = final === 483 ? 'loop' : kind.startsWith('spiral') ? 'spiral' : 'ok';
      expect({ callid, verdict: path?.verdict, final: path?.finalStatus }).toEqual({ callid, verdict: wanted, final });
      expect(path?.hops[0]?.maxForwards).toBe(sent);
      // Each pass that a proxy logged is the hop that came to it; what was answered at the end was logged as such too.
      const came = (path?.hops ?? []).slice(0, logged.length);
      expect(came.map(({ requestUri }) => requestUri)).toEqual(logged.map(({ uri }) => uri));
      expect(path?.explanation).toContain(wanted === 'ok' ? '200' : wanted);
    }
  });

  test.each(named(captures, /^stateless-rewrite$/u))('%s: what the proxy rewrote, on every request', async (name) => {
    const { kamailio } = truth(name);
    const { HDR = '', HVAL, REWRITE = '' } = kamailio.kam.parameters;
    const user = /"([^"]+)"/u.exec(REWRITE)?.[1] ?? '';
    const paths = await rowsOf<Path>(name, 'paths');
    expect(
      paths
        .map(({ method }) => method)
        .toSorted()
        .filter((one, at, all) => all.indexOf(one) === at),
    ).toEqual(['ACK', 'BYE', 'INVITE']);
    for (const { hops, roles } of paths) {
      const changes = hops[1]?.changes ?? [];
      const from = changes.find(({ header }) => header === 'From');
      expect(from).toMatchObject({ kind: 'changed' });
      expect(from?.after).toContain(`<sip:${user}@`);
      expect(changes).toContainEqual({ header: HDR, kind: 'added', before: null, after: HVAL });
      expect(changes.find(({ header }) => header === 'Via')).toMatchObject({ kind: 'added' });
      expect(roles.find(({ host }) => host.startsWith('127.0.1.10:'))?.role).toContain('stateless proxy');
      expect(hops[1]?.delayMs).toBeGreaterThan(0);
    }
  });

  test.each(named(captures, /^sdpops$/u))('%s: the codec that was taken out of the SDP', async (name) => {
    const { calls = [] } = truth(name);
    const paths = await rowsOf<Path>(name, 'paths');
    for (const { callid, removed_by_proxy: removed } of calls) {
      const invite = paths.find((path) => path.callId === callid && path.method === 'INVITE');
      const gone = (invite?.hops[1]?.changes ?? [])
        .filter(({ header, kind }) => header === 'SDP audio 1: codec' && kind === 'removed')
        .map(({ before }) => before?.split('/')[0]);
      expect({ callid, gone }).toEqual({ callid, gone: removed });
    }
  });

  test.each(named(captures, /^message$/u))(
    '%s: MESSAGE is a path of two hops, what the proxy makes itself is none',
    async (name) => {
      const { messages } = truth(name);
      const paths = await rowsOf<Path>(name, 'paths');
      expect(paths.map(({ callId, finalStatus, depth }) => ({ callId, finalStatus, depth }))).toEqual(
        messages.map(({ callid, final }) => ({ callId: callid, finalStatus: final, depth: 2 })),
      );
    },
  );

  test.each(named(captures, /^load$/u))('%s: 6,000 transactions over two hops, all of them clean', async (name) => {
    const paths = await rowsOf<Path>(name, 'paths');
    expect(paths).toHaveLength(6000);
    expect(paths.filter(({ verdict, depth, ends }) => verdict !== 'ok' || depth !== 2 || ends !== 1)).toEqual([]);
  });
});

/** A branch as `host outcome status`. */
function branchesOf({ branches }: Fork): string[] {
  return branches.map(({ dst, outcome, finalStatus }) => `${dst} ${outcome} ${finalStatus ?? '-'}`);
}

describe.skipIf(!have)('forks', () => {
  test.each(named(captures, /^parallel-fork$/u))('%s: who won, who was cancelled, who refused', async (name) => {
    const told = truth(name);
    const forks = await rowsOf<Fork>(name, 'forks');
    const special = new Set([told.cancelled_call, told.all_reject_call, told.race_call].map(({ callid }) => callid));
    const answering = told.peers[told.answering]?.address.split(':')[0];
    for (const fork of forks) {
      expect({ kind: fork.kind, branches: fork.branches.length }).toEqual({ kind: 'parallel', branches: 3 });
      if (special.has(fork.callId)) continue;
      expect(fork.branches.filter(({ won }) => won).map(({ dst }) => dst)).toEqual([answering]);
      expect(fork.branches.filter(({ won }) => !won).map(({ cancel }) => cancel?.why)).toEqual([
        'answered-elsewhere',
        'answered-elsewhere',
      ]);
    }
    const fork = (callid: string): Fork => forks.find(({ callId }) => callId === callid) as Fork;
    const cancelled = fork(told.cancelled_call.callid);
    expect(cancelled.branches.map(({ outcome, cancel }) => `${outcome} ${cancel?.why ?? ''}`)).toEqual(
      Array.from({ length: 3 }, () => 'cancelled caller'),
    );
    const refused = fork(told.all_reject_call.callid);
    expect(refused.branches.map(({ finalStatus }) => finalStatus)).toEqual(told.all_reject_call.branch_codes);
    expect(refused.finalStatus).toBe(told.all_reject_call.final_to_caller);
    expect(refused.branches.filter(({ passedOn }) => passedOn).map(({ finalStatus }) => finalStatus)).toEqual([
      told.all_reject_call.final_to_caller,
    ]);
    const race = fork(told.race_call.callid);
    for (const { dst, outcome } of race.branches)
      if (told.race_call.two_hundreds_from.some((uri) => uri.includes(`@${dst}:`))) expect(outcome).toBe('answered');
  });

  test.each(named(captures, /^(?:serial-fork|failover|failover-all-dead)$/u))(
    '%s: each try as the proxy logged it',
    async (name) => {
      const { events } = truth(name);
      const forks = await rowsOf<Fork>(name, 'forks');
      const tries = new Map<string, string[]>();
      const failures = new Map<string, string[]>();
      for (const { what } of events) {
        const tried = /^(?:serial|serial-next|try=\d+) callid=(\S+) to=\S*@([\d.]+):/u.exec(what);
        if (tried !== null) tries.set(tried[1] ?? '', [...(tries.get(tried[1] ?? '') ?? []), tried[2] ?? '']);
        const failed = /^failure callid=(\S+) code=(\d+)/u.exec(what);
        if (failed !== null) failures.set(failed[1] ?? '', [...(failures.get(failed[1] ?? '') ?? []), failed[2] ?? '']);
      }
      const several = [...tries].filter(([, hosts]) => hosts.length > 1);
      expect(forks.map(({ callId }) => callId).toSorted()).toEqual(several.map(([callId]) => callId).toSorted());
      for (const fork of forks) {
        expect(fork.kind).toBe('serial');
        expect(fork.branches.map(({ dst }) => dst)).toEqual(tries.get(fork.callId));
        expect(fork.branches.map(({ attempt }) => attempt)).toEqual(fork.branches.map((_, at) => at + 1));
        const failed = failures.get(fork.callId) ?? [];
        // 408 of the proxy's own timer is no response on the wire.
        expect(
          fork.branches
            .slice(0, failed.length)
            .map(({ finalStatus, outcome }) => (outcome === 'timed-out' ? '408' : String(finalStatus))),
        ).toEqual(failed);
        expect(fork.branches.slice(failed.length).map(({ won }) => won)).toEqual(
          fork.branches.slice(failed.length).map(() => true),
        );
      }
      if (name === 'failover-all-dead') {
        const { caller } = truth(name);
        expect(forks[0]?.finalStatus).toBe(caller.final);
        expect(branchesOf(forks[0] as Fork).every((branch) => branch.endsWith('timed-out -'))).toBe(true);
      }
    },
  );
});

describe.skipIf(!have)('legs', () => {
  test.each(named(captures, /^b2bua$/u))('%s: each call with its other leg, whatever ties them', async (name) => {
    const { calls = [] } = truth(name);
    const rows = await rowsOf<CallRow>(name, 'calls');
    const wanted = calls.flatMap(({ leg_a: a, leg_b: b }) => [
      [a, [b]],
      [b, [a]],
    ]);
    expect(Object.fromEntries(rows.map(({ callId, legs }) => [callId, legs]))).toEqual(Object.fromEntries(wanted));
  });

  test.each(named(captures, /^(?!b2bua)/u))('%s: no B2BUA, no legs', async (name) => {
    const rows = await rowsOf<CallRow>(name, 'calls');
    expect(rows.filter(({ legs }) => legs.length > 0).map(({ callId }) => callId)).toEqual([]);
  });
});
