import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DispatcherQuery, DispatcherRow, DispatcherView } from '../../core/contract/dispatcher.ts';
import { localHost } from '../../core/host/local.ts';

/*
 * The flags of each destination at each moment against what `kamcmd dispatcher.list` printed then: every sample of
 * every lab capture. Within one probe interval of a transition either side may be ahead. What can't be seen from outside
 * (D; X of what gets no calls) has to be unknown as long as no list is imported.
 */

const lab = join(import.meta.dirname, '..', '..', '..', 'shared', 'captures', 'lab');
const here = existsSync(lab);

interface Sample {
  readonly t: number;
  readonly flags: Readonly<Record<string, string>>;
}
interface Truth {
  readonly states: readonly Sample[];
  readonly kamailio: { readonly kam: { readonly parameters: Readonly<Record<string, number | string>> } };
  readonly peers: Readonly<
    Record<string, { readonly address: string; readonly counts: Readonly<Record<string, number>> }>
  >;
  readonly dispatcher_list_file?: readonly string[];
  readonly kamcmd_dispatcher_list_first?: string;
  readonly kamcmd_dispatcher_list_last?: string;
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(lab, `${name}.truth.json`), 'utf8')) as Truth;
}

async function ask(name: string, query: DispatcherQuery): Promise<DispatcherView> {
  const client = localHost();
  try {
    await client.ask('open', { inputs: [join(lab, `${name}.pcap`)] });
    return await client.ask('dispatcher', query);
  } finally {
    await client.close();
  }
}

interface Step {
  readonly time: number;
  readonly flags: string | null;
}

/** Flags by time, from the first ones known. */
function stepsOf(row: DispatcherRow | undefined): Step[] {
  return (row?.transitions ?? []).map(({ ts, to }) => ({ time: Number(ts), flags: to }));
}

function at(steps: readonly Step[], time: number): string | null {
  return steps.findLast((step) => step.time <= time)?.flags ?? null;
}

interface Compared {
  readonly same: number;
  readonly near: number;
  readonly unknown: readonly string[];
  readonly wrong: readonly string[];
}

function compare(truth: Truth, view: DispatcherView): Compared {
  const interval = Number(truth.kamailio.kam.parameters.PING_INTERVAL);
  const found = { same: 0, near: 0, unknown: [] as string[], wrong: [] as string[] };
  for (const uri of Object.keys(truth.states[0]?.flags ?? {})) {
    const row = view.rows.find(({ destination }) => `sip:${destination}` === uri);
    const ours = stepsOf(row);
    const theirs: Step[] = [];
    for (const { t, flags } of truth.states)
      if (flags[uri] !== theirs.at(-1)?.flags) theirs.push({ time: t, flags: flags[uri] ?? null });
    const changes = [...ours, ...theirs.slice(1)].map(({ time }) => time);
    for (const { t, flags } of truth.states) {
      const mine = at(ours, t);
      if (mine === flags[uri]) found.same += 1;
      else if (changes.some((time) => Math.abs(time - t) <= interval)) found.near += 1;
      else if (mine === null) found.unknown.push(`${uri} ${flags[uri] ?? ''}`);
      else found.wrong.push(`${uri} at ${t}: ${mine}, and kamcmd says ${flags[uri] ?? ''}`);
    }
  }
  return { ...found, unknown: [...new Set(found.unknown)].sort() };
}

function thresholds(truth: Truth): DispatcherQuery {
  const { PROBING_THRESHOLD, INACTIVE_THRESHOLD } = truth.kamailio.kam.parameters;
  return { probingThreshold: Number(PROBING_THRESHOLD), inactiveThreshold: Number(INACTIVE_THRESHOLD) };
}

describe.skipIf(!here)(
  'dispatchers of the lab captures (skipped where the collection is not beside the project)',
  () => {
    test.each([
      ['given', true],
      ['learnt', false],
    ])('dispatcher: every sample, thresholds %s', async (_, given) => {
      const truth = truthOf('dispatcher');
      const view = await ask('dispatcher', given ? thresholds(truth) : {});
      const { same, near, unknown, wrong } = compare(truth, view);
      expect(wrong).toEqual([]);
      expect(same + near).toBeGreaterThan(900);
      // Up to the first probe; and the disabled one for good.
      expect(unknown.filter((text) => !text.endsWith('AP') && !text.endsWith('AX'))).toEqual([
        'sip:127.0.1.25:5080 DX',
      ]);
      expect(view.probers).toMatchObject([
        {
          probingThreshold: { value: 2, from: given ? 'given' : 'learnt' },
          inactiveThreshold: { value: 3, from: given ? 'given' : 'learnt' },
          intervalMs: 3000,
          mode: 'marked ones (3)',
        },
      ]);
    });

    test.each(['dispatcher-mode0', 'dispatcher-mode1', 'dispatcher-mode2'])('%s: every sample', async (name) => {
      const truth = truthOf(name);
      const end = truth.states.at(-1)?.t ?? 0;
      for (const query of [thresholds(truth), {}]) {
        const { same, wrong } = compare(truth, await ask(name, { ...query, at: String(end) }));
        expect(wrong).toEqual([]);
        // The capture ends with its last packet: what came of it later is unknown, not made up.
        expect(compare(truth, await ask(name, query)).wrong).toEqual([]);
        expect(same).toBeGreaterThan(name === 'dispatcher-mode0' ? -1 : 30);
      }
    });

    test('dispatcher: probes and calls by destination, as the gateways counted them', async () => {
      const truth = truthOf('dispatcher');
      const { rows } = await ask('dispatcher', {});
      for (const { address, counts } of Object.values(truth.peers)) {
        const row = rows.find(({ destination }) => destination === address);
        // A gateway that was closed for a while does not know of what was sent to it then.
        expect(row?.answered ?? 0).toBe(counts['rx OPTIONS'] ?? 0);
        expect(row?.callsAnswered ?? 0).toBe(counts['tx 200 INVITE'] ?? 0);
      }
      expect(rows.reduce((sum, { callShare }) => sum + callShare, 0)).toBeCloseTo(1, 3);
    });

    test('that nothing active is probed is no disagreement where only inactive ones are', async () => {
      const truth = truthOf('dispatcher-mode2');
      const list = (truth.dispatcher_list_file ?? []).join('\n');
      const end = String(truth.states.at(-1)?.t ?? 0);
      const { rows } = await ask('dispatcher-mode2', { ...thresholds(truth), list, at: end });
      const listed = rows.map(({ imported, disagreement }) => [imported ?? '', disagreement === null] as const);
      // The one that was down in the file came back since.
      expect(Object.fromEntries(listed)).toEqual({ AP: true, AX: true, DX: true, IP: false });
    });

    test('an imported list agrees with the wire at the end, and what it alone knows is told', async () => {
      const truth = truthOf('dispatcher');
      const end = String(truth.states.at(-1)?.t ?? 0);
      const last = await ask('dispatcher', { list: truth.kamcmd_dispatcher_list_last ?? '', at: end });
      expect(last.rows.map(({ disagreement }) => disagreement)).toEqual(Array.from({ length: 10 }, () => null));
      expect(last.rows.find(({ name }) => name === 'gw-disabled')).toMatchObject({
        flags: 'DX',
        imported: 'DX',
        set: 1,
      });
      const first = await ask('dispatcher', { list: truth.kamcmd_dispatcher_list_first ?? '', at: end });
      const differ = first.rows.filter(({ disagreement }) => disagreement !== null).map(({ name }) => name);
      expect(differ).toEqual(['gw-mute', 'gw-404']);
    });
  },
);
