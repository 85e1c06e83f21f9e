/** SIPp calls through Kamailio while the app captures; what it saw is held against SIPp’s own logs. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { LiveSource } from '../../core/contract/live.ts';
import type { MessageRow } from '../../core/contract/model.ts';
import { localHost, type LocalClient } from '../../core/host/local.ts';
import { table } from '../capture-session.ts';
import { HERE, tell, type Lab, type Logged } from './peers.ts';

export interface Watched {
  readonly messages: readonly MessageRow[];
  readonly dropped: number | null;
  readonly calls: number;
}

/** Begins to capture, lets `during` happen, and tells what is in the app at the end of it. */
export async function watched<Result>(
  source: LiveSource,
  folder: string,
  bpf: string | null,
  during: () => Promise<Result>,
): Promise<Watched & { readonly result: Result }> {
  const client = localHost();
  try {
    await client.ask('open', { inputs: [], live: { source, folder, ...(bpf === null ? {} : { bpf }) } });
    await running(client);
    const result = await during();
    await settled(client);
    const state = await client.ask('liveStop', {});
    const { calls } = await client.ask('done', {});
    expect(state?.problem).toBeNull();
    return { messages: await table<MessageRow>(client, 'messages'), dropped: state?.dropped ?? null, calls, result };
  } finally {
    await client.close();
  }
}

/** Until the helper says that it captures. */
export async function running(client: LocalClient): Promise<void> {
  for (;;) {
    const state = await client.ask('liveState', {});
    if (state?.state === 'running') return;
    if (state?.state !== 'starting') throw new Error(state?.problem ?? 'no live capture');
    await pause(20);
  }
}

/** Until no more messages come. */
async function settled(client: LocalClient): Promise<void> {
  for (let before = -1, quiet = 0; quiet < 15; await pause(100)) {
    const { messages } = await client.ask('progress', {});
    quiet = messages === before ? quiet + 1 : 0;
    before = messages;
  }
}

/**
 * Every message that a peer logged is there, in the order in which that peer sent or received it, and none twice: the two
 * lists are the same, for each direction on both sides of the proxy.
 */
export function holds(
  { messages }: Watched,
  lab: Pick<Lab, 'caller' | 'callee' | 'proxy'>,
  log: { readonly caller: readonly Logged[]; readonly callee: readonly Logged[] },
): void {
  const own = messages.filter(({ callId, src, dst }) => callId !== null && src === HERE && dst === HERE);
  const seen = (from: number, to: number): string[] =>
    own
      .filter(({ sport, dport }) => sport === from && dport === to)
      .map(({ method, status, callId, cseq }) =>
        tell(method === null ? `SIP/2.0 ${status}` : `${method} `, callId ?? '', `${cseq?.number} ${cseq?.method}`),
      );
  const said = (who: 'caller' | 'callee', direction: Logged['direction']): string[] =>
    log[who].filter((one) => one.direction === direction).map(({ what }) => what);
  same(seen(lab.caller, lab.proxy), said('caller', 'sent'), 'from the caller');
  same(seen(lab.proxy, lab.caller), said('caller', 'received'), 'to the caller');
  same(seen(lab.proxy, lab.callee), said('callee', 'received'), 'to the callee');
  same(seen(lab.callee, lab.proxy), said('callee', 'sent'), 'from the callee');
  const on = new Set([lab.caller, lab.callee, lab.proxy]);
  expect(own.filter(({ sport, dport, copyOf }) => on.has(sport) && on.has(dport) && copyOf !== null)).toEqual([]);
}

/** As `toEqual`, with the first place that differs instead of two lists of thousands. */
function same(seen: readonly string[], said: readonly string[], where: string): void {
  const at = said.findIndex((what, i) => seen[i] !== what);
  if (at !== -1)
    expect(`${where} ${at}: ${seen.slice(at, at + 3).join('; ')}`).toBe(
      `${where} ${at}: ${said.slice(at, at + 3).join('; ')}`,
    );
  expect(`${where}: ${seen.length}`).toBe(`${where}: ${said.length}`);
}
