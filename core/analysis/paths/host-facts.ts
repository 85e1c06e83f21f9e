/**
 * What messages tell about who they are from: material for the question which addresses and ports are one server or
 * phone. Only noted here; what it is worth is judged when all is there (host-links.ts).
 */

/** An address and a port; addresses as text in their usual form. */
export interface HostEnd {
  readonly address: string;
  readonly port: number;
}

/** A host as a header names it: an end, where it is an address, else a name. */
export interface NamedHost {
  /** An IP address in its usual form; null for a name. */
  readonly address: string | null;
  /** In small letters. */
  readonly name: string;
  readonly port: number;
}

export interface SeenVia extends NamedHost {
  readonly branch: string | null;
  /** Where the next hop says it really came from, where it tells address and port. */
  readonly received: HostEnd | null;
}

/** Of a message as much as tells about hosts. */
export interface HostMessage {
  readonly frame: number;
  readonly src: HostEnd;
  readonly dst: HostEnd;
  /** Null for a request. */
  readonly status: number | null;
  /** What is equal belongs to one call, or to one request (Call-ID, CSeq). */
  readonly call: number;
  readonly request: string;
  /** The topmost first. */
  readonly vias: readonly SeenVia[];
  /** Pairs of Record-Route that one proxy wrote for its two sides (`r2=on`). */
  readonly sides: readonly (readonly [HostEnd, HostEnd])[];
  /** Of the Contact, where it is an address. */
  readonly contact: HostEnd | null;
}

/** A frame that says that two ends are one host. */
export interface Saying {
  readonly a: HostEnd;
  readonly b: HostEnd;
  readonly frame: number;
}

/** A message on one hop: who sent it where. */
export interface Arrival {
  readonly frame: number;
  readonly vias: number;
  readonly sources: Map<string, HostEnd>;
  readonly targets: Map<string, HostEnd>;
}

/** A message that was sent on. */
export interface Forward {
  /** How it is called on the hop before, see `hopKey`. */
  readonly before: string;
  readonly src: HostEnd;
  readonly frame: number;
  /** How many Vias it had there. */
  readonly vias: number;
  readonly isRequest: boolean;
}

const TRYING = 100;

export function endKey({ address, port }: HostEnd): string {
  return `${address} ${port}`;
}

export class HostFacts {
  /** Ends that sent or received something, in the order of their first message. */
  readonly seen = new Map<string, HostEnd>();
  /** Pairs of addresses of which one sent to the other, and back. */
  readonly talking = new Set<string>();
  /** Addresses that sent to themselves, from one port to another. */
  readonly split = new Set<string>();
  /** Ends that sent requests. */
  readonly askers = new Map<string, HostEnd>();
  /** What sources call themselves in Via (`a` sends, `b` is said), by both. */
  readonly claims = new Map<string, Saying>();
  readonly sides = new Map<string, Saying>();
  readonly contacts = new Map<string, Saying>();
  /** Requests by their top Via, responses by the one below, which the next hop finds on top. */
  readonly requests = new Map<string, Arrival>();
  readonly responses = new Map<string, Arrival>();
  readonly forwards: Forward[] = [];
  /** Name in the top Via → ends that sent under it in one call; key is call and name. */
  readonly named = new Map<string, { readonly name: string; readonly ends: Map<string, readonly [HostEnd, number]> }>();
  /** End → the name it sends under. */
  readonly names = new Map<string, string>();

  add(message: HostMessage): void {
    const { src, dst, frame, status, vias } = message;
    const isRequest = status === null;
    this.see(src);
    this.see(dst);
    if (src.address !== dst.address) this.talking.add(pairKey(src.address, dst.address));
    else if (src.port !== dst.port) this.split.add(src.address);
    for (const [a, b] of message.sides) say(this.sides, { a, b, frame });
    for (const via of isRequest ? vias.slice(1) : vias) {
      if (via.received !== null && via.address !== null)
        say(this.claims, { a: via.received, b: { address: via.address, port: via.port }, frame });
    }
    if (isRequest) this.request(message);
    else this.response(message, status);
  }

  private see(end: HostEnd): void {
    const key = endKey(end);
    if (!this.seen.has(key)) this.seen.set(key, end);
  }

  private request(message: HostMessage): void {
    const { src, frame, vias, contact, call } = message;
    this.askers.set(endKey(src), src);
    const [top, next] = vias;
    if (top === undefined) return;
    if (top.address !== null) say(this.claims, { a: src, b: { address: top.address, port: top.port }, frame });
    else if (isProperName(top.name)) this.name(src, top.name, frame, call);
    if (vias.length === 1 && contact !== null && contact.address === src.address)
      say(this.contacts, { a: src, b: contact, frame });
    arrive(this.requests, hopKey(message, top), message);
    this.forward(hopKey(message, next), message, vias.length - 1);
  }

  private response(message: HostMessage, status: number): void {
    // A 100 is for the hop alone (16.7, step 3).
    if (status === TRYING) return;
    const [top, next] = message.vias;
    arrive(this.responses, hopKey(message, next, status), message);
    this.forward(hopKey(message, top, status), message, message.vias.length + 1);
  }

  private forward(before: string | null, { src, frame, status }: HostMessage, vias: number): void {
    if (before !== null) this.forwards.push({ before, src, frame, vias, isRequest: status === null });
  }

  private name(src: HostEnd, name: string, frame: number, call: number): void {
    this.names.set(endKey(src), name);
    const key = `${call} ${name}`;
    const known = this.named.get(key) ?? { name, ends: new Map<string, readonly [HostEnd, number]>() };
    this.named.set(key, known);
    if (!known.ends.has(endKey(src))) known.ends.set(endKey(src), [src, frame]);
  }
}

/** The same for a message and for its retransmissions on one hop; null where the Via tells too little. */
function hopKey({ request }: HostMessage, via: SeenVia | undefined, status = 0): string | null {
  if (via?.branch?.startsWith('z9hG4bK') !== true) return null;
  return `${request} ${status} ${via.name} ${via.port} ${via.branch}`;
}

function arrive(arrivals: Map<string, Arrival>, key: string | null, { frame, vias, src, dst }: HostMessage): void {
  if (key === null) return;
  const known = arrivals.get(key) ?? { frame, vias: vias.length, sources: new Map(), targets: new Map() };
  arrivals.set(key, known);
  known.sources.set(endKey(src), src);
  known.targets.set(endKey(dst), dst);
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function say(sayings: Map<string, Saying>, saying: Saying): void {
  const { a, b } = saying;
  if (a.address === b.address && a.port === b.port) return;
  const key = `${endKey(a)} ${endKey(b)}`;
  if (!sayings.has(key)) sayings.set(key, saying);
}

/** Domains that say nothing about who it is: whoever has no name of its own is called so. */
const nobodys = new Set(['localdomain', 'local', 'lan', 'home', 'invalid', 'localhost', 'internal', 'arpa']);

function isProperName(name: string): boolean {
  const labels = name.replace(/\.$/u, '').split('.');
  return labels.length > 2 && !nobodys.has(labels.at(-1) ?? '');
}
