import type { LadderQuery } from '../../../core/contract/api.ts';
import type { Client } from '../../../core/contract/channel.ts';
import type { LadderScene } from '../../../core/contract/ladder.ts';
import type { CallRow } from '../../../core/contract/model.ts';
import { SceneItems } from '../../../core/ladder/scene-items.ts';
import { stateWord } from '../../../core/ladder/words.ts';
import { useAnswer, type Answer } from '../message/answer.ts';

/** Items that come with the scene: more than a screen shows. */
const FIRST = 200;
/** Questions for ladders keep this distance in milliseconds while the cursor runs through the list. */
const SPACING = 80;
/** Above these the user is asked before a ladder is drawn. */
export const MANY_CALLS = 200;
export const MANY_MESSAGES = 50_000;

/** A ladder to show. */
export interface Shown {
  readonly kind: 'scene';
  readonly query: LadderQuery;
  readonly scene: LadderScene;
  readonly items: SceneItems;
  /** Row of the message to begin with: the one that shows what went wrong, else the first. -1 for an empty ladder. */
  readonly first: number;
}

/** A ladder that nobody wants by accident. */
export interface Heavy {
  readonly kind: 'heavy';
  readonly calls: number;
  /** Null where it was not counted. */
  readonly messages: number | null;
}

/**
 * The ladder for a query, asked for again when it changes. `anyway`: however much it is. `grown`: what changes when its
 * calls have got more messages.
 */
export function useScene(query: LadderQuery | null, anyway: boolean, grown: string): Answer<Shown | Heavy> {
  const key = query === null ? null : `${JSON.stringify(query)} ${String(anyway)} ${grown}`;
  return useAnswer<Shown | Heavy>(
    key,
    async (client, signal) => {
      const asked = query ?? { calls: [] };
      const only = await onlyCall(client, asked, signal);
      const heavy = anyway ? null : await weigh(client, asked, only, signal);
      if (heavy !== null) return heavy;
      const part = { from: 0, count: FIRST };
      const [scene, proof] = await Promise.all([
        client.ask('ladder', { ...asked, part }, { signal }),
        only === null ? -1 : proofOf(client, only, signal),
      ]);
      const items = new SceneItems(scene);
      return { kind: 'scene', query: asked, scene, items, first: beginning(items, proof) };
    },
    SPACING,
  );
}

/** The call, where the ladder is of one. */
async function onlyCall(client: Client, { calls = [] }: LadderQuery, signal: AbortSignal): Promise<CallRow | null> {
  const [call] = calls;
  if (calls.length !== 1 || typeof call !== 'number') return null;
  const { at } = await client.ask('callPosition', { call }, { signal });
  if (at === null) return null;
  const { rows } = await client.ask('calls', { from: at, count: 1 }, { signal });
  return rows.find(({ id }) => id === call) ?? null;
}

/** How much a ladder would be, where that is too much. */
async function weigh(
  client: Client,
  { calls = [] }: LadderQuery,
  only: CallRow | null,
  signal: AbortSignal,
): Promise<Heavy | null> {
  if (calls.length > MANY_CALLS) return { kind: 'heavy', calls: calls.length, messages: null };
  const messages = only?.messages ?? (await countMessages(client, calls, signal));
  return messages > MANY_MESSAGES ? { kind: 'heavy', calls: calls.length, messages } : null;
}

async function countMessages(
  client: Client,
  calls: NonNullable<LadderQuery['calls']>,
  signal: AbortSignal,
): Promise<number> {
  let text = '';
  const decoder = new TextDecoder();
  const onChunk = (chunk: Uint8Array): void => {
    text += decoder.decode(chunk, { stream: true });
  };
  await client.ask('exportTable', { what: 'calls', format: 'csv', columns: ['messages'], calls }, { signal, onChunk });
  return text
    .split(/\r?\n/u)
    .slice(1)
    .reduce((sum, line) => sum + Number(line), 0);
}

/** Row of the message that proves what went wrong with a call; -1 where all is well or nobody can tell. */
async function proofOf(client: Client, call: CallRow, signal: AbortSignal): Promise<number> {
  const { id, state, finalStatus, provenBy } = call;
  const { ink } = stateWord(state, finalStatus);
  if (provenBy === null || (ink !== 'bad' && ink !== 'warn')) return -1;
  const messages = await client.ask('message', { frame: provenBy }, { signal });
  return messages.find((message) => message.row.call === id)?.row.row ?? -1;
}

function beginning(items: SceneItems, proof: number): number {
  if (items.placeOf(proof) !== -1) return proof;
  return items.index.row[items.arrowFrom(0, 1)] ?? -1;
}
