import { ContractError } from '../../../core/contract/api.ts';
import type { Client } from '../../../core/contract/channel.ts';
import type { CallMedia, StreamCourse, StreamCourseQuery, StreamLine } from '../../../core/contract/streams.ts';
import type { MediaTarget } from '../../state/media.ts';
import { useStep } from '../../state/live.ts';
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
  return useAnswer(`${JSON.stringify(target)} ${useStep()}`, (client, signal) => mediaStreams(client, target, signal));
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

/** Courses of the streams with these numbers, in the same order; null for a stream that is not there. */
export interface Courses {
  readonly of: string;
  readonly courses: readonly (StreamCourse | null)[];
}

/**
 * How some streams went over time: first what is known at once, then measured anew for the chart. `span`: that stretch
 * only, where a chart is zoomed.
 */
export function useCourses(
  streams: readonly (number | null)[],
  span: Span | null,
): { readonly value: Courses['courses'] | null; readonly problem: string | null } {
  const of = JSON.stringify(streams);
  const none = streams.every((stream) => stream === null);
  const coarse = useAnswer(none ? null : of, (client, signal) => coursesOf(client, streams, {}, signal));
  const fine = useAnswer(
    none ? null : JSON.stringify([streams, span]),
    (client, signal) =>
      coursesOf(
        client,
        streams,
        {
          points: POINTS,
          ...(span === null ? {} : { from: span.from.toFixed(6), to: span.to.toFixed(6) }),
        },
        signal,
      ),
    150,
  );
  const answer = [fine, coarse].find(({ value }) => value?.of === of);
  return { value: answer?.value?.courses ?? null, problem: answer === undefined ? coarse.problem : fine.problem };
}

async function coursesOf(
  client: Client,
  streams: readonly (number | null)[],
  query: Omit<StreamCourseQuery, 'stream'>,
  signal: AbortSignal,
): Promise<Courses> {
  const courses = await Promise.all(
    streams.map((stream) =>
      stream === null ? Promise.resolve(null) : client.ask('streamCourse', { stream, ...query }, { signal }),
    ),
  );
  return { of: JSON.stringify(streams), courses };
}

/** What each side asked for, and what is odd about the call’s media; null without a call, and until it is known. */
export function useCallMedia(call: number | null): CallMedia | null {
  const { value } = useAnswer(call === null ? null : String(call), (client, signal) =>
    client.ask('callMedia', { call: call ?? 0 }, { signal }),
  );
  return value;
}
