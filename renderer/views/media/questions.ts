import { ContractError } from '../../../core/contract/api.ts';
import type { Client } from '../../../core/contract/channel.ts';
import type { CallMedia, StreamCourse, StreamLine } from '../../../core/contract/streams.ts';
import type { MediaTarget } from '../../state/media.ts';
import { useCapture } from '../../state/capture.ts';
import { useAnswer, type Answer } from '../message/answer.ts';
import { isBack } from './selection.ts';

/** Streams of one call that are looked at; more are of a conference, whose list is the list of streams. */
const MOST = 500;
/** Streams that began shortly before or after one without a call, among which the one that goes back is looked for. */
const AROUND = 60;
/** Stretches of a course: two points each, on a chart of a thousand pixels or so. */
const POINTS = 480;

/** A stretch of time, epoch seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The streams of a call, or of the call that a stream belongs to. */
export function useMediaStreams(target: MediaTarget): Answer<readonly StreamLine[]> {
  // All of the capture has to be read: what was asked before waits for that.
  return useAnswer(JSON.stringify(target), (client, signal) => mediaStreams(client, target, signal));
}

async function mediaStreams(client: Client, target: MediaTarget, signal: AbortSignal): Promise<readonly StreamLine[]> {
  const page = { from: 0, count: MOST };
  if ('call' in target) return (await client.ask('streams', { ...page, calls: [target.call] }, { signal })).rows;
  const { at } = await client.ask('streamPosition', { stream: target.stream }, { signal });
  if (at === null) throw new ContractError('not-found', `There is no stream ${target.stream} in this capture.`);
  const from = Math.max(0, at - AROUND);
  const { rows } = await client.ask('streams', { from, count: 2 * AROUND }, { signal });
  const stream = rows[at - from];
  if (stream === undefined) return [];
  if (stream.call !== null) return (await client.ask('streams', { ...page, calls: [stream.call] }, { signal })).rows;
  return [stream, ...rows.filter((other) => isBack(stream, other))];
}

/** How some streams went over time; null for one that is not there. `span`: that stretch only, where a chart is zoomed. */
export function useCourses(
  streams: readonly (number | null)[],
  span: Span | null,
): Answer<readonly (StreamCourse | null)[]> {
  return useAnswer(
    streams.every((stream) => stream === null) ? null : JSON.stringify([streams, span]),
    (client, signal) =>
      Promise.all(
        streams.map((stream) =>
          stream === null ? null : client.ask('streamCourse', courseQuery(stream, span), { signal }),
        ),
      ),
    150,
  );
}

/** What is asked of each side's media; null where no call is meant. */
export function useCallMedia(call: number | null): CallMedia | null {
  const client = useCapture((state) => state.client);
  return client === null || call === null ? null : null;
}

function courseQuery(stream: number, span: Span | null): { readonly stream: number } {
  void POINTS;
  void span;
  return { stream };
}
