import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExtensionsRow } from '../../core/contract/extensions.ts';
import type { RegistrationsView } from '../../core/contract/registrations.ts';
import { opened } from '../capture-session.ts';

/* Registrations, replication and extensions of the lab captures, against what the software itself logged. */

const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);

interface Truth {
  readonly events: readonly { readonly t: number; readonly who: string; readonly what: string }[];
  readonly registrations?: readonly { readonly user: string; readonly contact: string }[];
  readonly ul_samples?: readonly {
    readonly n1: { readonly contacts: readonly string[]; readonly nodes: readonly string[] };
  }[];
  readonly cases?: readonly {
    readonly case: string;
    readonly callid: string;
    readonly final: number;
    readonly unsupported?: string;
    readonly supported?: string;
    readonly allow?: string;
    readonly rseq?: readonly number[];
  }[];
  readonly ues?: unknown;
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(lab, `${name}.truth.json`), 'utf8')) as Truth;
}

async function registrationsOf(name: string): Promise<RegistrationsView> {
  const { client } = await opened(join(lab, `${name}.pcap`));
  try {
    return await client.ask('registrations', { from: 0, count: 1000 });
  } finally {
    await client.close();
  }
}

async function extensionsOf(name: string): Promise<readonly ExtensionsRow[]> {
  const { client } = await opened(join(lab, `${name}.pcap`));
  try {
    return (await client.ask('extensions', { from: 0, count: 1000 })).rows;
  } finally {
    await client.close();
  }
}

/** `key=value` of a line that the lab's registrar logged. */
function logged(what: string, key: string): string {
  return new RegExp(`${key}=(\\S+)`, 'u').exec(what)?.[1] ?? '';
}

describe.skipIf(!here)(
  'registrations of the lab captures (skipped where the collection is not beside the project)',
  () => {
    test('register-uac: each binding and refresh that the registrar logged', async () => {
      const { rows } = await registrationsOf('register-uac');
      const saved = truthOf('register-uac').events.filter(({ what }) => what.startsWith('registered'));
      const asked = truthOf('register-uac').events.filter(({ what }) => what.startsWith('challenge'));
      expect(rows).toHaveLength(1);
      const [row] = rows;
      expect(row).toMatchObject({
        aor: logged(saved[0]?.what ?? '', 'aor'),
        state: 'registered',
        registers: saved.length + asked.length,
        refreshes: saved.length - 1,
        challenged: asked.length,
        failures: 0,
        realmMismatch: null,
      });
      expect(row?.challenges).toMatchObject([{ realm: 'trunk.example.net', count: asked.length, afterCredentials: 0 }]);
      expect(row?.bindings).toMatchObject([
        {
          contact: logged(saved[0]?.what ?? '', 'contact').replaceAll(/[<>]/gu, ''),
          expires: Number(logged(saved[0]?.what ?? '', 'expires')),
          ended: 'open',
        },
      ]);
      expect(Number(row?.bindings[0]?.from)).toBeCloseTo(saved[0]?.t ?? 0, 1);
    });

    test('register-uac-realm-mismatch: says that the client never answers for this realm', async () => {
      const { rows } = await registrationsOf('register-uac-realm-mismatch');
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ state: 'challenged', active: 0, answeredRealms: [] });
      expect(rows[0]?.realmMismatch).toContain('“trunk.example.net”');
      expect(rows[0]?.realmMismatch).toContain('realms do not match');
    });

    test('register-uac-wrong-password: refused, each time, and the other user is not', async () => {
      const { rows, states } = await registrationsOf('register-uac-wrong-password');
      const refusals = truthOf('register-uac-wrong-password').events.filter(
        ({ what }) => what.startsWith('challenge') && !what.includes('had-credentials=<null>'),
      );
      expect(states).toEqual({ registered: 1, rejected: 1 });
      const bad = rows.find(({ state }) => state === 'rejected');
      expect(bad).toMatchObject({ failures: refusals.length, active: 0, realmMismatch: null });
      expect(bad?.explanation).toContain('wrong password');
    });

    test('dmq: users and nodes apart; who is registered at the end is what both nodes know', async () => {
      const truth = truthOf('dmq');
      const { rows, replication } = await registrationsOf('dmq');
      const atEnd = truth.ul_samples?.at(-1)?.n1;
      const open = rows.flatMap(({ bindings }) =>
        bindings.filter(({ ended }) => ended === 'open').map(({ contact }) => contact),
      );
      expect(open.toSorted()).toEqual([...(atEnd?.contacts ?? [])].sort());
      expect(rows.map(({ aor }) => aor)).toEqual(truth.registrations?.map(({ user }) => `sip:${user}@lab`));
      const nodes = (atEnd?.nodes ?? []).filter((word) => word.includes('.')).sort();
      expect(
        replication.nodes.map(({ node, status }) => `${node.replace(/:\d+$/u, '')} ${status ?? ''}`).sort(),
      ).toEqual(nodes.map((node) => `${node} active`));
      const kinds = new Set(replication.rows.flatMap((row) => row.kinds.map(({ kind }) => kind)));
      expect([...kinds].sort()).toEqual(['notification_peer', 'usrloc']);
      expect(replication.rows.every(({ failed }) => failed === 0)).toBe(true);
    });

    test('ims-esp-a: each phone once, on the hop nearest to it', async () => {
      const { rows } = await registrationsOf('ims-esp-a');
      const own = rows.filter(({ thirdParty }) => !thirdParty);
      expect(own.length).toBeGreaterThan(0);
      for (const row of own) {
        expect(row).toMatchObject({ state: 'registered', registers: 2, challenged: 1, failures: 0 });
        expect(row.challenges[0]?.algorithm).toContain('AKAv1');
      }
    });
  },
);

describe.skipIf(!here)('extensions of the lab capture (skipped where the collection is not beside the project)', () => {
  test('what was refused, supported and used is what both ends said', async () => {
    const rows = await extensionsOf('extensions');
    for (const { callid, final, unsupported, supported, allow, rseq, case: name } of truthOf('extensions').cases ??
      []) {
      const row = rows.find(({ callId }) => callId === callid);
      expect(row?.finalStatus, name).toBe(final);
      if (unsupported !== undefined)
        expect(row?.refusals, name).toMatchObject([{ status: 420, names: unsupported.split(', ') }]);
      const callee = row?.sides.find(({ side }) => side === 'callee');
      if (supported !== undefined) expect(callee?.supported, name).toEqual(supported.split(', '));
      if (allow !== undefined) expect(callee?.allow, name).toEqual(allow.split(', '));
      if (rseq !== undefined) expect(row?.reliable, name).toEqual({ rseq, pracks: rseq.length, unacknowledged: [] });
      if (final === 489) expect(row?.refusals[0]?.status, name).toBe(489);
    }
    const call = rows.find(({ reliable }) => reliable !== null);
    const used = call?.used.filter((one) => one.used).map(({ name, count }) => [name, count]);
    expect(used).toEqual([
      ['100rel', 2],
      ['UPDATE', 1],
      ['INFO', 1],
      ['REFER', 1],
      ['NOTIFY', 2],
    ]);
  });
});
