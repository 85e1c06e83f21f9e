/**
 * What the page in a browser and `sipglass serve` say to each other besides questions about a capture: small JSON over
 * HTTP. Questions go over a WebSocket to `captureAddress(id)`, a frame a message.
 */

/** A capture that is open in the server. */
export interface ServedCapture {
  /** Greater for each host that was started. */
  readonly id: number;
  /** Without folders. */
  readonly names: readonly string[];
}

/** Something that can be opened by name: what the command named, or a capture of its directory. */
export interface ServedFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** Answer of GET `addresses.session`. */
export interface ServeSession {
  /** Another one for each start of the server: numbers of captures are only good with it. */
  readonly server: string;
  readonly version: string;
  /** What the command named, open already; null where it named none. */
  readonly named: ServedCapture | null;
  /** All that are open, for a page that comes back. */
  readonly open: readonly ServedCapture[];
  /** Bytes that may be uploaded, all together; 0 where uploading is off. */
  readonly uploadLimit: number;
}

/** POST `addresses.open`; the answer is a `ServedCapture`. */
export interface ServeOpen {
  readonly what:
    | { readonly kind: 'sample' }
    | { readonly kind: 'offered'; readonly id: string }
    /** Files that were sent before, merged by time. */
    | { readonly kind: 'uploads'; readonly ids: readonly string[] }
    /** The capture `id` once more with a host of its own, from its files. */
    | { readonly kind: 'again'; readonly id: number };
  /** Ports to treat as SIP. */
  readonly ports: readonly number[];
}

/** Answer of POST `addresses.upload`, whose body is the file and whose query says `name`. */
export interface ServeUpload {
  readonly id: string;
}

/** POST `addresses.close`: this page is done with it. */
export interface ServeClose {
  readonly id: number;
}

/** What is answered where something was wrong: one sentence. */
export interface ServeProblem {
  readonly message: string;
}

/** The id under which what the command named is offered; no file of a directory has an empty name. */
export const NAMED = '';

export const addresses = {
  session: '/api/session',
  offered: '/api/offered',
  open: '/api/open',
  close: '/api/close',
  upload: '/api/upload',
  capture: '/api/capture/',
} as const;

/** The WebSocket was closed because the capture's host ended by itself; the reason says how. */
export const HOST_GONE = 4001;
