import type { LegCall } from '../../analysis/legs/leg-links.ts';
import { Flag, Method } from '../../analysis/messages.ts';
import { Field } from '../../analysis/transactions.ts';
import type { Paths } from '../../analysis/paths/paths.ts';
import { readAddress } from '../../decode/sip-address.ts';
import { readParts } from '../../decode/sip-body.ts';
import { HeaderFinder } from '../../decode/sip-field.ts';
import { SipHead } from '../../decode/sip-head.ts';
import { readUri, unescaped } from '../../decode/sip-uri.ts';
import { fieldText } from '../../decode/sip-values.ts';
import type { Session } from '../session.ts';

/** Headers that B2BUAs use for the Call-ID of the other leg, or for a value that all legs have; sngrep's default is the first two. */
export const usualHeaders = [
  'X-Call-ID',
  'X-CID',
  'X-CallID',
  'X-Original-Call-ID',
  'X-Orig-Call-ID',
  'X-Other-Leg-Call-ID',
  'X-Correlation-ID',
] as const;

/** Characters of a value that are compared; longer ones are no identifiers. */
const LONGEST = 300;
/** Messages of a call that are looked at for Replaces and Refer-To. */
const MOST_STEPS = 200;
/** Session-ID of who does not know the other side yet (RFC 7989 5). */
const NIL = /^0+$/u;

/** Reads out of a call what tells about its legs. */
export class LegReader {
  private readonly session: Session;
  private readonly paths: Paths;
  private readonly named: readonly { readonly name: string; readonly finder: HeaderFinder }[];
  private readonly head = new SipHead();
  private readonly sessionId = new HeaderFinder('Session-ID');
  private readonly charging = new HeaderFinder('P-Charging-Vector');
  private readonly asserted = new HeaderFinder('P-Asserted-Identity');
  private readonly dialogs = ['Replaces', 'Join', 'Target-Dialog'].map((name) => ({
    name,
    finder: new HeaderFinder(name),
  }));
  private readonly referTo = new HeaderFinder('Refer-To');

  /** @param headers besides the usual ones */
  constructor(session: Session, paths: Paths, headers: readonly string[]) {
    this.session = session;
    this.paths = paths;
    const names = new Map([...usualHeaders, ...headers].map((name) => [name.toLowerCase(), name]));
    this.named = [...names.values()].map((name) => ({ name, finder: new HeaderFinder(name) }));
  }

  read(call: number): LegCall {
    const { session, head } = this;
    const { messages, calls } = session.analysis;
    const row = this.firstRequest(call);
    const bytes = session.lookBack.bytesOf(row);
    head.scan(bytes, 0, bytes.length);
    const end = Math.min(messages.bodyAt.get(row), bytes.length);
    const frame = messages.frame.get(row);
    const isSession = messages.method.get(row) === Method.INVITE && messages.toTag.get(row) === 0;
    const transaction = session.analysis.transactions.of.get(row);
    const final = isSession ? session.analysis.transactions.get(transaction, Field.Final) - 1 : -1;
    const finalStatus = final === -1 ? 0 : messages.status.get(final);
    const time = (at: number): number => (at === -1 ? Number.NaN : messages.time.get(at));
    const facts = {
      call,
      callId: messages.callIds.text(call) ?? '',
      frame,
      isSession,
      start: time(row),
      final: time(final),
      answer: finalStatus >= 200 && finalStatus < 300 ? time(final) : Number.NaN,
      finalStatus,
      end: time(calls.last(call)),
      from: messages.src.get(row),
      arrivals: isSession ? this.arrivals(transaction, row) : [],
      vias: messages.viaCount.get(row),
      callers: isSession ? this.callers(bytes, end) : [],
      callees: isSession ? this.callees(bytes) : [],
      named: this.values(bytes, end, frame),
      icid: isSession ? this.icid(bytes, end) : null,
      ...(isSession ? this.media(bytes, row) : { media: [], origin: null }),
    };
    // What other messages of the call say comes last: the bytes looked at so far are gone then.
    const own = isSession ? this.uuids(bytes, end) : [];
    return {
      ...facts,
      sessionIds: own.length > 0 && final !== -1 ? [...new Set([...own, ...this.uuidsOf(final)])] : own,
      replaces: this.replaces(call),
    };
  }

  private firstRequest(call: number): number {
    const { messages, calls } = this.session.analysis;
    let first = -1;
    let steps = 0;
    for (let row = calls.first(call) + 1; row !== 0 && steps < MOST_STEPS; row = calls.next.get(row - 1)) {
      steps += 1;
      if ((messages.flags.get(row - 1) & Flag.Request) === 0) continue;
      if (first === -1) first = row - 1;
      // The hop nearest to the caller is not always the first in a capture that was merged.
      if (messages.method.get(row - 1) !== Method.INVITE) continue;
      return row - 1;
    }
    return first === -1 ? calls.first(call) : first;
  }

  /** Where the INVITE ended up on each of its ways. */
  private arrivals(transaction: number, row: number): number[] {
    const { nodes } = this.paths;
    const node = nodes.ofTransaction[transaction] as number;
    const path = node === 0 ? 0 : (this.paths.of[node] as number);
    if (path === 0) return [this.session.analysis.messages.dst.get(row)];
    return this.paths.nodesOf(path).flatMap((one) => (this.paths.child[one] === 0 ? [nodes.dst(one)] : []));
  }

  private callers(bytes: Uint8Array, end: number): string[] {
    const { head, asserted } = this;
    const found: string[] = [];
    const add = (from: number, to: number): void => {
      const user = userOf(readAddress(bytes, from, to).uri);
      if (user !== '' && !found.includes(user)) found.push(user);
    };
    if (head.fromAt !== 0) add(head.fromAt, head.fromEnd);
    if (asserted.findFirst(bytes, 0, end)) add(asserted.valueAt, asserted.valueEnd);
    return found;
  }

  private callees(bytes: Uint8Array): string[] {
    const { head } = this;
    const found = [userOf(fieldText(bytes, head.uriAt, head.uriEnd))];
    if (head.toAt !== 0) found.push(userOf(readAddress(bytes, head.toAt, head.toEnd).uri));
    return [...new Set(found)].filter((user) => user !== '');
  }

  private values(bytes: Uint8Array, end: number, frame: number): LegCall['named'] {
    return this.named.flatMap(({ name, finder }) => {
      if (!finder.findFirst(bytes, 0, end)) return [];
      const value = fieldText(bytes, finder.valueAt, finder.valueEnd).trim();
      return value === '' || value.length > LONGEST ? [] : [{ header: name, value, frame }];
    });
  }

  private uuids(bytes: Uint8Array, end: number): string[] {
    const { sessionId } = this;
    if (!sessionId.findFirst(bytes, 0, end)) return [];
    const value = fieldText(bytes, sessionId.valueAt, sessionId.valueEnd).slice(0, LONGEST);
    const [own = '', ...params] = value.split(';').map((part) => part.trim());
    const remote = params.find((param) => /^remote\s*=/iu.test(param))?.replace(/^remote\s*=\s*/iu, '') ?? '';
    return [own, remote]
      .map((uuid) => uuid.replaceAll('-', '').toLowerCase())
      .filter((uuid) => uuid.length >= 8 && !NIL.test(uuid));
  }

  private uuidsOf(row: number): string[] {
    const bytes = this.session.lookBack.bytesOf(row);
    return this.uuids(bytes, Math.min(this.session.analysis.messages.bodyAt.get(row), bytes.length));
  }

  private icid(bytes: Uint8Array, end: number): string | null {
    const { charging } = this;
    if (!charging.findFirst(bytes, 0, end)) return null;
    const value = fieldText(bytes, charging.valueAt, charging.valueEnd);
    const found = /(?:^|;)\s*icid-value\s*=\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^;,\s]+))/iu.exec(value)?.groups;
    const icid = found?.quoted ?? found?.plain ?? '';
    return icid.length < 4 || icid.length > LONGEST ? null : icid;
  }

  private media(bytes: Uint8Array, row: number): Pick<LegCall, 'media' | 'origin'> {
    const nothing = { media: [], origin: null };
    const { head, session } = this;
    if ((session.analysis.messages.flags.get(row) & Flag.Sdp) === 0) return nothing;
    const { contentTypeAt: valueAt, contentTypeEnd: to } = head;
    const type = { name: '', canonical: 'Content-Type', value: '', at: valueAt, end: to, valueAt };
    const sdp = readParts(bytes, head.bodyAt, head.bodyEnd, valueAt === 0 ? [] : [type], []).find(
      (part) => part.sdp !== null,
    )?.sdp;
    if (sdp === null || sdp === undefined) return nothing;
    const media = sdp.media.flatMap(({ address, port }) =>
      address === null || port === 0 || /^(?:0\.0\.0\.0|::)$/u.test(address) ? [] : [`${address} ${port}`],
    );
    return { media, origin: originOf(sdp.origin) };
  }

  private replaces(call: number): LegCall['replaces'] {
    const { session, dialogs, referTo } = this;
    const { messages, calls } = session.analysis;
    const found: { header: string; callId: string; frame: number }[] = [];
    let steps = 0;
    for (let row = calls.first(call) + 1; row !== 0 && steps < MOST_STEPS; row = calls.next.get(row - 1)) {
      steps += 1;
      const at = row - 1;
      const method = messages.method.get(at);
      if (method !== Method.INVITE && method !== Method.REFER) continue;
      const bytes = session.lookBack.bytesOf(at);
      const end = Math.min(messages.bodyAt.get(at), bytes.length);
      const frame = messages.frame.get(at);
      for (const { name, finder } of dialogs) {
        if (!finder.findFirst(bytes, 0, end)) continue;
        const callId = fieldText(bytes, finder.valueAt, finder.valueEnd).split(';')[0]?.trim() ?? '';
        if (callId !== '') found.push({ header: name, callId, frame });
      }
      if (method !== Method.REFER || !referTo.findFirst(bytes, 0, end)) continue;
      const inUri = /[?&]Replaces=(?<id>[^&;>%]*(?:%(?!3B)[0-9a-f]{2}[^&;>%]*)*)/iu.exec(
        fieldText(bytes, referTo.valueAt, referTo.valueEnd).slice(0, 4 * LONGEST),
      )?.groups?.id;
      if (inUri !== undefined) found.push({ header: 'Replaces in the Refer-To', callId: unescaped(inUri), frame });
    }
    return found;
  }
}

/** `user sess-id address` of `o=`: the version counts up with each offer, and the rest is the session's. Null where the id is too common to tell. */
function originOf(origin: string | null): string | null {
  const words = (origin ?? '').split(' ');
  const [user = '', id = ''] = words;
  const address = words[5] ?? '';
  return id.length < 6 ? null : `${user} ${id} ${address}`;
}

/** User part of a SIP URI, number of a tel URI; '' where there is none. */
function userOf(uri: string): string {
  const tel = /^tel:(?<number>[^;]*)/iu.exec(uri)?.groups?.number;
  if (tel !== undefined) return tel;
  const bytes = Buffer.from(uri);
  const user = readUri(bytes)?.user ?? '';
  return unescaped(user.split(';')[0] ?? '');
}
