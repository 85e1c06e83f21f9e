/** What dumpcap, tcpdump, ssh and our own helper say on standard error, understood line by line. */
export type HelperWord =
  | { readonly kind: 'dropped'; readonly packets: number }
  | { readonly kind: 'refused'; readonly rights: boolean; readonly text: string }
  | { readonly kind: 'other'; readonly text: string };

/** `Packets received/dropped on interface 'lo': 10/0 (pcap:0/dumpcap:0/flushed:0/ps_ifdrop:0)` */
const DUMPCAP_COUNTS = /^Packets received\/dropped on interface .*: (\d+)\/(\d+)/u;
/** `0 packets dropped by kernel` and `0 packets dropped by interface` */
const TCPDUMP_DROPS = /^(\d+) packets? dropped by (?:kernel|interface)/u;
const RIGHTS =
  /permission to capture|Operation not permitted|Permission denied|don't have permission|Attempt to create packet socket failed/iu;
/** How `cap` ends when its interface goes: an assertion in its own code, which ends the helper and nothing else. */
const CAP_GONE = /Pcap::cb_packets.*Assertion .* failed/u;
/** `me@proxy: Permission denied (publickey,password).`: not of capturing. */
const LOGIN = /denied \([a-z,-]+\)/u;
/** What they say when they begin, and counts of packets. */
const USUAL =
  /^(?:Capturing on |listening on |tcpdump: listening on |File: |Packets captured: |\d+ packets (?:captured|received by filter)|tcpdump: data link type |Packets: )/u;

/** Null for what need not be said: that it begins, and counts of packets, which we have ourselves. */
export function understand(line: string): HelperWord | null {
  const text = line.trim();
  if (text === '' || USUAL.test(text)) return null;
  if (CAP_GONE.test(text)) return { kind: 'refused', rights: false, text: 'the interface is no longer there' };
  const drops = DUMPCAP_COUNTS.exec(text)?.[2] ?? TCPDUMP_DROPS.exec(text)?.[1];
  if (drops !== undefined) return { kind: 'dropped', packets: Number(drops) };
  if (RIGHTS.test(text) && !LOGIN.test(text)) return { kind: 'refused', rights: true, text };
  if (/^(?:dumpcap|tcpdump|ssh|sipglass): |error|failed|no such device|cannot|can't|denied/iu.test(text)) {
    return { kind: 'refused', rights: false, text };
  }
  return { kind: 'other', text };
}
