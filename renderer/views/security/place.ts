import type { Client } from '../../../core/contract/channel.ts';
import { useCalls } from '../../state/calls.ts';
import { useLadder } from '../../state/ladder.ts';
import { useMedia } from '../../state/media.ts';
import { quoted } from '../calls/narrow.ts';

/** A message by what it is in every reading of its capture. */
interface MessagePlace {
  readonly frame: number;
  readonly callId: string | null;
}

/** Where the user is, without the numbers of one reading: calls by Call-ID, messages by frame. */
export interface Place {
  readonly cursor: string | null;
  readonly ticked: readonly string[];
  readonly selected: MessagePlace | null;
  readonly marked: MessagePlace | null;
  /** The call whose media are in front. */
  readonly media: string | null;
}

/** Ticked calls that are found again; more are a list, and ticked again in no time. */
const MOST_TICKED = 100;

/** To be asked before the capture is read again, since afterwards nobody knows the old numbers. */
export async function placeNow(client: Client): Promise<Place> {
  const { cursor, ticked } = useCalls.getState();
  const { selected, marked } = useLadder.getState();
  const { open } = useMedia.getState();
  const ids = await Promise.all(ticked.slice(0, MOST_TICKED).map((call) => callIdOf(client, call)));
  return {
    cursor: await callIdOf(client, cursor),
    ticked: ids.filter((id) => id !== null),
    selected: await messagePlace(client, selected),
    marked: await messagePlace(client, marked),
    media: open !== null && 'call' in open ? await callIdOf(client, open.call) : null,
  };
}

/** Back to where the user was; what the new reading no longer has stays away. */
export async function returnTo(client: Client, place: Place): Promise<void> {
  const find = (callId: string | null): Promise<number | null> => callOf(client, callId);
  const cursor = await find(place.cursor);
  const media = await find(place.media);
  const found = await Promise.all(place.ticked.map((callId) => find(callId)));
  const selected = await rowOf(client, place.selected);
  const marked = await rowOf(client, place.marked);
  const ticked = found.filter((call) => call !== null);
  useCalls.setState((now) => ({ cursor: cursor ?? now.cursor, ticked }));
  // Where it is of another call, the ladder that comes puts it right.
  if (selected !== null) useLadder.setState({ selected, marked });
  if (media !== null) useMedia.setState({ open: { call: media } });
}

async function callIdOf(client: Client, call: number | null): Promise<string | null> {
  if (call === null) return null;
  const { at } = await client.ask('callPosition', { call });
  if (at === null) return null;
  const { rows } = await client.ask('calls', { from: at, count: 1 });
  return rows.find(({ id }) => id === call)?.callId ?? null;
}

async function callOf(client: Client, callId: string | null): Promise<number | null> {
  if (callId === null) return null;
  const filter = `call-id == ${quoted(callId)}`;
  const { rows } = await client.ask('calls', { from: 0, count: 1, filter });
  return rows[0]?.id ?? null;
}

async function messagePlace(client: Client, row: number | null): Promise<MessagePlace | null> {
  if (row === null) return null;
  const [message] = await client.ask('message', { row });
  return message === undefined ? null : { frame: message.row.frame, callId: message.row.callId };
}

async function rowOf(client: Client, place: MessagePlace | null): Promise<number | null> {
  if (place === null) return null;
  const messages = await client.ask('message', { frame: place.frame });
  return messages.find(({ row }) => row.callId === place.callId)?.row.row ?? null;
}
