import type { Fork, Path, PathHop, PathRow } from '../../contract/paths.ts';
import { end } from '../table-columns.ts';

/** Sentences about one path that are told; more would not be read. */
const MOST_SENTENCES = 12;
/** Hosts on the way that are named. */
const MOST_HOSTS = 8;

/** Why a path has its verdict, and what else is odd about it. Sentences, the verdict's first. */
export function pathWords(row: PathRow, hops: readonly PathHop[], why: string, fork: Fork | null): Path['explanation'] {
  const sentences = [
    ...(why === '' ? (fork === null ? [way(row, hops)] : []) : [why]),
    ...(fork === null ? [] : [fork.explanation]),
    ...maxForwards(hops),
    ...hidden(hops),
    ...answers(hops),
  ];
  const told = sentences.slice(0, MOST_SENTENCES);
  const more = sentences.length - told.length;
  return [...told, ...(more === 0 ? [] : [`And ${more} more remarks of these kinds.`])].join(' ');
}

/** `From 10.0.0.1:5060 over 10.0.0.2:5060 to 10.0.0.3:5060, answered with 200 after 0.3 s.` */
function way({ method, depth, src, sport, finalStatus, answerMs, ends }: PathRow, hops: readonly PathHop[]): string {
  const longest: PathHop[] = [];
  const depths: number[] = [];
  for (const { before } of hops) depths.push(before === null ? 1 : (depths[before] ?? 0) + 1);
  for (let at: number | null = depths.indexOf(depth); at !== null && at >= 0; at = hops[at]?.before ?? null) {
    const hop = hops[at];
    if (hop === undefined) break;
    longest.unshift(hop);
  }
  const hosts = longest.map(({ dst, dport }) => end(dst, dport));
  const last = hosts.pop() ?? '';
  const shown = hosts.slice(0, MOST_HOSTS);
  const over = shown.length === 0 ? '' : ` over ${shown.join(', ')}${hosts.length > shown.length ? ' …' : ''}`;
  const others = ends > 1 ? ` (the longest of ${ends} ways)` : '';
  const got =
    finalStatus === null
      ? 'no final response on the first hop'
      : `${finalStatus} came back${answerMs === null ? '' : ` after ${duration(answerMs)}`}`;
  // An ACK is not answered.
  const answer = method === 'ACK' ? '' : `; ${got}`;
  return `From ${end(src, sport)}${over} to ${last}${others}${answer}.`;
}

/** RFC 3261 16.6, step 3: every proxy takes one off. */
function maxForwards(hops: readonly PathHop[]): string[] {
  return hops.flatMap((hop) => {
    const before = hop.before === null ? undefined : hops[hop.before];
    if (before === undefined || hop.link !== 'via' || hop.byResponse || before.byResponse) return [];
    const who = end(before.dst, before.dport);
    if (hop.maxForwards === null)
      return before.maxForwards === null ? [] : [`${who} took Max-Forwards away (frame ${hop.frame}).`];
    if (before.maxForwards === null) return [];
    if (hop.maxForwards === before.maxForwards - 1 - hop.hidden) return [];
    return hop.maxForwards >= before.maxForwards
      ? [`${who} did not count Max-Forwards down: ${before.maxForwards}, then ${hop.maxForwards} (frame ${hop.frame}).`]
      : [`${who} set Max-Forwards from ${before.maxForwards} to ${hop.maxForwards} (frame ${hop.frame}).`];
  });
}

function hidden(hops: readonly PathHop[]): string[] {
  return hops.flatMap((hop) => {
    const before = hop.before === null ? undefined : hops[hop.before];
    if (before === undefined) return [];
    if (hop.hidden > 0)
      return [
        `Between frames ${before.frame} and ${hop.frame} the Vias name ${hop.hidden === 1 ? 'a hop' : `${hop.hidden} hops`} that the capture does not show.`,
      ];
    if (hop.link === 'survivors')
      return [
        `${end(hop.src, hop.sport)} hides the Vias: frame ${hop.frame} was found to follow ${before.frame} by Call-ID, From tag and CSeq.`,
      ];
    return hop.link === 'same-via'
      ? [
          `Frame ${hop.frame} is frame ${before.frame} again with other addresses and no Via more: a NAT, a tunnel or a balancer between them.`,
        ]
      : [];
  });
}

/** Responses that went astray, that were turned into others on the way, or that nobody passed on. */
function answers(hops: readonly PathHop[]): string[] {
  const sentences = hops.flatMap((hop) =>
    hop.answers.flatMap(({ stray }) =>
      stray === null ? [] : [`${stray.slice(0, 1).toUpperCase()}${stray.slice(1)}.`],
    ),
  );
  for (const [at, hop] of hops.entries()) {
    const behind = hops.filter(({ before }) => before === at);
    const [only] = behind;
    if (behind.length !== 1 || only === undefined) continue;
    const own = finalAnswer(hop);
    const theirs = finalAnswer(only);
    if (theirs === undefined || hop.byResponse) continue;
    const who = end(hop.dst, hop.dport);
    if (own === undefined) sentences.push(`The ${theirs.status} of frame ${theirs.frame} was not seen behind ${who}.`);
    else if (own.status !== theirs.status)
      sentences.push(
        `${who} answered ${own.status} (frame ${own.frame}) where ${theirs.status} had come (frame ${theirs.frame}).`,
      );
  }
  return sentences;
}

function finalAnswer({ answers: list }: PathHop): PathHop['answers'][number] | undefined {
  const finals = list.filter(({ status }) => status >= 200);
  return finals.find(({ status }) => status < 300) ?? finals[0];
}

/** `312 ms`, `1.2 s`. */
export function duration(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (size >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return size >= 10 ? `${Math.round(ms)} ms` : `${Number(ms.toFixed(size >= 1 ? 1 : 2))} ms`;
}
