import { setImmediate } from 'node:timers/promises';
import { HostFacts, type HostEnd, type HostMessage, type SeenVia } from '../../analysis/paths/host-facts.ts';
import { hostGroups } from '../../analysis/paths/host-groups.ts';
import { Flag } from '../../analysis/messages.ts';
import type { CallChoice } from '../../contract/api.ts';
import type { HostGuess } from '../../contract/model.ts';
import { readAddresses } from '../../decode/sip-address.ts';
import { HeaderFinder } from '../../decode/sip-field.ts';
import { UriSpan } from '../../decode/sip-uri.ts';
import { paramValue, readParams } from '../../decode/sip-values.ts';
import type { Via } from '../../decode/sip-via.ts';
import { ipAddress } from '../ip-address.ts';
import { callsChosen } from '../calls/call-ids.ts';
import { rowsOf } from './ladder-input.ts';
import type { OpenCapture } from '../open-capture.ts';
import type { Session } from '../session.ts';
import { viaList } from '../paths/via-list.ts';

/** Messages of a call that are looked at; who a host is shows in the first ones. */
const MOST_OF_CALL = 500;
/** Messages that are looked at in all, for a ladder and otherwise. */
const MOST_OF_LADDER = 4000;
const MOST_MESSAGES = 50_000;
/** Of which after so many it is asked whether anybody still wants to know. */
const TURN = 2000;

/** Addresses and ports that belong to one server or phone, and what shows it. */
export async function hostsOf(
  open: OpenCapture,
  choice: CallChoice,
  signal: AbortSignal,
): Promise<readonly HostGuess[]> {
  const all = choice.calls === undefined && choice.filter === undefined;
  const calls = all ? null : await callsChosen(open, choice, signal);
  const facts = new HostFacts();
  const reader = new HostReader(open.session);
  let count = 0;
  for (const row of calls === null ? allRows(open.session) : rowsIn(open.session, calls)) {
    facts.add(reader.read(row));
    if (++count % TURN === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    if (count === MOST_MESSAGES) break;
  }
  return guesses(facts);
}

/** As `hostsOf`, at once, for the messages of a ladder. */
export function guessHosts({ session }: OpenCapture, calls: readonly number[]): readonly HostGuess[] {
  const facts = new HostFacts();
  const reader = new HostReader(session);
  let count = 0;
  for (const row of rowsIn(session, calls)) {
    facts.add(reader.read(row));
    if (++count === MOST_OF_LADDER) break;
  }
  return guesses(facts);
}

function guesses(facts: HostFacts): HostGuess[] {
  return hostGroups(facts).map((group) => ({ ...group, role: null }));
}

function* allRows({ analysis }: Session): Generator<number> {
  for (let row = 0; row < analysis.messages.count; row++) yield row;
}

function* rowsIn(session: Session, calls: readonly number[]): Generator<number> {
  for (const call of calls) yield* rowsOf(session, call).slice(0, MOST_OF_CALL);
}

/** RFC 3261 18.1.1, 19.1.2: where no port is named. */
function usualPort(transport: string): number {
  return /^(?:TLS|WSS|sips)/iu.test(transport) ? 5061 : 5060;
}

/** Reads out of messages what tells about hosts. */
class HostReader {
  private readonly session: Session;
  private readonly routes = new HeaderFinder('Record-Route');
  private readonly contacts = new HeaderFinder('Contact');
  private readonly uri = new UriSpan();

  constructor(session: Session) {
    this.session = session;
  }

  read(row: number): HostMessage {
    const { analysis, addresses, lookBack } = this.session;
    const { messages } = analysis;
    const bytes = lookBack.bytesOf(row);
    return {
      frame: messages.frame.get(row),
      src: { address: addresses.text(messages.src.get(row)), port: messages.sport.get(row) },
      dst: { address: addresses.text(messages.dst.get(row)), port: messages.dport.get(row) },
      status: (messages.flags.get(row) & Flag.Request) === 0 ? messages.status.get(row) : null,
      call: messages.callId.get(row),
      request: `${messages.callId.get(row)} ${messages.cseqNumber.get(row)} ${messages.cseqMethod.get(row)}`,
      vias: viaList(bytes).map(seenVia),
      sides: this.sides(bytes),
      contact: this.contact(bytes),
    };
  }

  /** RFC 5658 and Kamailio's rr module: two in a row with `r2=on` are one proxy's; a run of odd length can't be told apart. */
  private sides(bytes: Uint8Array): [HostEnd, HostEnd][] {
    const { routes } = this;
    if (!routes.findFirst(bytes, 0, bytes.length)) return [];
    const runs: (HostEnd | null)[][] = [[]];
    do {
      for (const { uri } of readAddresses(bytes, routes.valueAt, routes.valueEnd)) {
        const route = this.uriEnd(uri);
        if (route?.r2 === true) runs.at(-1)?.push(route.end);
        else runs.push([]);
      }
    } while (routes.find(bytes, routes.next, bytes.length));
    const pairs: [HostEnd, HostEnd][] = [];
    for (const run of runs.filter(({ length }) => length % 2 === 0)) {
      for (let at = 0; at < run.length; at += 2) {
        const [a = null, b = null] = [run[at], run[at + 1]];
        if (a !== null && b !== null) pairs.push([a, b]);
      }
    }
    return pairs;
  }

  private contact(bytes: Uint8Array): HostEnd | null {
    const { contacts } = this;
    if (!contacts.findFirst(bytes, 0, bytes.length)) return null;
    const [first, ...others] = readAddresses(bytes, contacts.valueAt, contacts.valueEnd);
    return first === undefined || others.length > 0 ? null : (this.uriEnd(first.uri)?.end ?? null);
  }

  /** Null for what is no SIP URI; `end` is null where its host is a name. */
  private uriEnd(text: string): { readonly end: HostEnd | null; readonly r2: boolean } | null {
    const bytes = Buffer.from(text);
    const { uri } = this;
    if (!uri.read(bytes, 0, bytes.length)) return null;
    const of = (at: number, end: number): string => bytes.toString('utf8', at, end);
    const params = readParams(bytes, uri.paramsAt, uri.paramsEnd);
    const address = ipAddress(of(uri.hostAt, uri.hostEnd));
    const named = of(uri.portAt, uri.portEnd);
    const scheme = of(uri.schemeAt, uri.schemeEnd);
    const transport = paramValue(params, 'transport') ?? '';
    const port = named === '' ? usualPort(/^sips$/iu.test(scheme) ? scheme : transport) : Number(named);
    return {
      end: address === null || !(port > 0 && port < 65_536) ? null : { address, port },
      r2: paramValue(params, 'r2') === 'on',
    };
  }
}

function seenVia({ host, port, transport, branch, received, rport }: Via): SeenVia {
  const from = received === null ? null : ipAddress(received);
  return {
    address: ipAddress(host),
    name: host.toLowerCase(),
    port: port ?? usualPort(transport),
    branch,
    received: from === null || rport === null ? null : { address: from, port: rport },
  };
}
