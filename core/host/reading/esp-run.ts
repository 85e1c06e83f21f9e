import type { Input } from '../../capture/input.ts';
import { Outcome } from '../../decode/ledger.ts';
import type { Packet } from '../../decode/packet.ts';
import { tellUsualEsp } from '../../decode/usual-esp.ts';
import type { Tally } from './drive.ts';

/**
 * Reads on from a packet of a security association over usual ones behind it that were opened ahead, in order of time and
 * kept whole, as far as those reach. Whatever else comes is left where it is, for the long way. Of inputs whose records are
 * all of one form.
 */
export function espRun(input: Input, packet: Packet, tally: Tally): void {
  const { reader, window } = input;
  const { layout } = reader;
  const { base } = tally;
  const ahead = packet.ring === null ? null : packet.ring.ahead;
  if (ahead === null || !ahead.isOn || layout?.blocks !== null || base === null || packet.insideSink !== null) return;
  const { counting } = packet.mediaSink;
  const { ledger } = packet;
  const first = packet.frame;
  const origin = input.positionOf(0);
  let counted = 0;
  for (;;) {
    const isTold = ahead.run(packet, layout, base, window.at, tally.end, packet.frame);
    window.at = ahead.next;
    tally.end = ahead.latest;
    tally.bytes += ahead.wire;
    counted += ahead.counted;
    packet.frame = ahead.frame;
    if (!isTold) break;
    packet.time = ahead.latest;
    packet.start = ahead.start;
    packet.end = ahead.next;
    packet.position = origin + ahead.start;
    packet.missing = 0;
    packet.linkType = layout.linkType;
    packet.begin();
    tellUsualEsp(packet, ahead, ahead.number);
    ledger.count(packet.outcome);
    if (counting?.isKnown === true && ahead.isMedia && packet.outcome === Outcome.Media) ahead.remember();
  }
  const packets = packet.frame - first;
  input.packets += packets;
  tally.packets += packets;
  if (counted === 0) return;
  ledger.add(Outcome.Media, counted);
  counting?.more(counted);
}
