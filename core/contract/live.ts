import type { CallRow } from './model.ts';

/** Live capture: what may be captured, by whom, and how it goes. */

/**
 * Who captures. `dumpcap` and `tcpdump`: small programs of other projects, with the kernel's times and counts of what was
 * dropped. `cap`: our own helper on libpcap, which is told neither; packets carry the time at which they arrived there.
 * `ssh`: one of the first two on another machine. `hep`: nobody; a port listens for HEP3, which servers and agents send.
 */
export const liveBackends = ['dumpcap', 'tcpdump', 'cap', 'ssh', 'hep'] as const;
export type LiveBackend = (typeof liveBackends)[number];

/** Where live packets come from. */
export type LiveSource =
  | {
      readonly from: 'interface';
      readonly interface: string;
      /** The best one that is there, without. */
      readonly backend?: 'dumpcap' | 'tcpdump' | 'cap';
    }
  | {
      readonly from: 'ssh';
      /** As `ssh` takes it: `user@host`, or a name of its configuration. Never begins with `-`. */
      readonly host: string;
      /** SSH's port, 1 to 65,535; SSH's own choice without. */
      readonly port?: number;
      readonly interface: string;
      /** What captures there. Default tcpdump. */
      readonly program?: 'dumpcap' | 'tcpdump';
    }
  | {
      readonly from: 'hep';
      /** Where to listen. Default 127.0.0.1 and 9060; UDP and TCP both. */
      readonly address?: string;
      readonly port?: number;
    };

export interface LiveOptions {
  readonly source: LiveSource;
  /** Berkeley packet filter, as libpcap takes it. */
  readonly bpf?: string;
  /** Bytes kept of each packet, 64 to 262,144. Default all. */
  readonly snapLength?: number;
  /** A file ends when it holds so many bytes (1 MB to 16 GB) and another is begun. Default 100 MB. */
  readonly fileBytes?: number;
  /** Files kept, the oldest goes first; 2 to 10,000. Default 20. */
  readonly files?: number;
  /** Calls at which the list is shortened: the oldest that ended go, those that go on stay; 1,000 to 10,000,000. Default 100,000. */
  readonly calls?: number;
  /** SIP and RTCP are also sent to a collector as HEP3, over UDP; `agent`: our number there, default 2001. */
  readonly hepTo?: { readonly address: string; readonly port: number; readonly agent?: number };
  /** Where the files go; a folder of the user's own among the temporary ones without. */
  readonly folder?: string;
}

/** An interface that can be captured from. */
export interface LiveInterface {
  readonly name: string;
  /** What the system calls it besides; empty where nothing. */
  readonly about: string;
  readonly addresses: readonly string[];
  readonly up: boolean;
  readonly loopback: boolean;
  /** Bytes and packets so far, both ways; null where the system does not tell. */
  readonly traffic: { readonly bytes: number; readonly packets: number } | null;
}

/** One way to capture, and whether it is there. */
export interface LiveProgram {
  readonly backend: LiveBackend;
  /** Path of the program; null where it is not there. */
  readonly path: string | null;
  /** One sentence: what it gives, or what is missing. */
  readonly about: string;
}

/** How a live capture goes. */
export interface LiveState {
  readonly backend: LiveBackend;
  /** Interface, `host:interface`, or the address that listens. */
  readonly name: string;
  /** `starting` until the helper has opened what it captures from. */
  readonly state: 'starting' | 'running' | 'stopped' | 'failed';
  readonly packets: number;
  /** What the kernel or the helper dropped; null where that is not told (yet: dumpcap and tcpdump tell it at the end). */
  readonly dropped: number | null;
  /** Bytes written to disk, and of these the ones still there. */
  readonly bytesWritten: number;
  readonly bytesKept: number;
  /** Files that are there, the oldest first. */
  readonly files: readonly string[];
  /** What to know: coarse times, what the helper complained of, what to type where rights are missing. */
  readonly notes: readonly string[];
  /** Why it failed, in one sentence; null where it has not. */
  readonly problem: string | null;
  /** What to type so that it may capture, where rights were missing; one line each. */
  readonly commands: readonly string[];
  /** ISO 8601, UTC. */
  readonly began: string;
  /** Empty for everything. */
  readonly bpf: string;
  /** Bytes on disk and calls in the list at most. */
  readonly limits: { readonly bytes: number; readonly calls: number };
  /** Where SIP and RTCP are sent on to, `ADDRESS:PORT`; null where nowhere. */
  readonly hepTo: string | null;
  /** All that is kept of it was written to a file of the user's, and it is over. */
  readonly saved: boolean;
}

/** A live capture whose program ended without closing it. */
export interface LeftCapture {
  /** ISO 8601, UTC. */
  readonly began: string;
  /** In their order. */
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Questions about live capture, a part of `Methods`. */
export interface LiveMethods {
  /** Interfaces that can be captured from. */
  interfaces: { params: Record<string, never>; result: readonly LiveInterface[] };
  /** Ways to capture that are there, and those that are not. */
  livePrograms: { params: Record<string, never>; result: readonly LiveProgram[] };
  /** Whether libpcap takes a packet filter: null, or what it says is wrong. */
  checkBpf: { params: { readonly bpf: string }; result: string | null };
  /** How a live capture goes; null where none was begun. */
  liveState: { params: Record<string, never>; result: LiveState | null };
  /** Ends it: what was captured stays open. */
  liveStop: { params: Record<string, never>; result: LiveState | null };
  /**
   * Calls that have messages from row `since` on (0 at first), as they are now; `next` is what to ask with the next time.
   * What a call became by silence alone changes without a message.
   */
  callChanges: {
    params: { readonly since: number; readonly filter?: string };
    result: { readonly rows: readonly CallRow[]; readonly next: number };
  };
  /** All that is kept of a live capture, as one pcapng; answers in chunks. */
  exportCapture: { params: Record<string, never>; result: { readonly bytes: number } };
  /** Live captures whose programs ended without closing them, the latest first. */
  leftCaptures: { params: Record<string, never>; result: readonly LeftCapture[] };
  /** Gives some of them up: deletes these files, as far as `leftCaptures` names them. */
  forgetLeft: { params: { readonly files: readonly string[] }; result: { readonly removed: number } };
}
