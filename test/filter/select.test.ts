import { describe, expect, it } from 'vitest';
import { parse, select } from '../../core/filter/index.ts';
import type { Mode, SelectOptions } from '../../core/filter/index.ts';
import { smallDay } from './small-day.ts';

/** Rows, or calls, that a filter finds in the small day. */
async function found(filter: string, mode: Mode, options?: SelectOptions): Promise<number[]> {
  const parsed = parse(filter);
  if (!parsed.ok) throw new Error(`${filter}: ${parsed.error.message}`);
  const selection = await select(parsed.expression, smallDay(), mode, options);
  const numbers = [...(selection?.mask ?? [])].flatMap((one, i) => (one === 1 ? [i] : []));
  expect(selection?.matches).toBe(numbers.length);
  return numbers;
}

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const except = (...rows: number[]): number[] => ALL.filter((row) => !rows.includes(row));

/* Each line: a filter, and the rows of the small day that it finds. */
const messages: readonly (readonly [string, readonly number[]])[] = [
  // One meaning, several spellings.
  ['method == INVITE', [0, 7]],
  ['sip.Method == "INVITE"', [0, 7]],
  ['method:INVITE', [0, 7]],
  ['method:invite', [0, 7]],
  ['$rm == "INVITE"', [0, 7]],
  ['$rm eq INVITE', [0, 7]],
  ['SIP.METHOD == INVITE', [0, 7]],
  // Methods in quotes are case-sensitive, as SIP's are.
  ['method == "invite"', [12]],
  ['method matches invite', [0, 7, 12]],
  ['method matches "(?-i)^i"', [12]],
  ['method in {INVITE, BYE}', [0, 5, 7]],
  ['method in {INVITE BYE}', [0, 5, 7]],
  ['method:{INVITE, BYE}', [0, 5, 7]],
  ['method in INVITE', [0, 7]],
  ['method contains NV', [0, 7]],
  ['cseq.method == BYE', [5, 6]],
  // Absent values: equal to nothing, and not unequal either (as in Wireshark 4).
  ['method != INVITE', [4, 5, 9, 10, 12]],
  ['not method == INVITE', except(0, 7)],
  ['not method', [1, 2, 3, 6, 8, 11]],
  ['method not in {INVITE, BYE}', except(0, 5, 7)],
  ['status != 200', [1, 2, 8]],
  ['status and not status == 200', [1, 2, 8]],
  ['call-id != "Cid1@Host"', [7, 8, 9, 10, 11]],
  // Numbers.
  ['status == 200', [3, 6, 11]],
  ['status == "200"', [3, 6, 11]],
  ['$rs == 200', [3, 6, 11]],
  ['status:4xx', [8]],
  ['status == 4XX', [8]],
  ['status != 2xx', [1, 2, 8]],
  ['status > 1xx', [3, 6, 8, 11]],
  ['status >= 2xx', [3, 6, 8, 11]],
  ['status < 2xx', [1, 2]],
  ['status <= 1xx', [1, 2]],
  ['status lt 180', [1]],
  ['status le 180', [1, 2]],
  ['status gt 200', [8]],
  ['status ge 200', [3, 6, 8, 11]],
  ['status ne 200', [1, 2, 8]],
  ['status in {100, 400..499}', [1, 8]],
  ['status:180..200', [2, 3, 6, 11]],
  ['status =~ "^4"', [8]],
  ['status ~ "00$"', [1, 3, 6, 11]],
  ['frame == 0x0a', [9]],
  ['frame < 2.5', [0, 1]],
  ['frame in {1..3, 13}', [0, 1, 2, 12]],
  ['cseq == 101', [0, 1, 2, 3, 4]],
  ['$cs:102', [5, 6, 7, 8, 9, 10, 11]],
  ['max-forwards < 10', [7]],
  ['sip.Max-Forwards', [0, 7]],
  ['expires == 0', [10]],
  ['expires > 0', [11]],
  ['expires', [10, 11]],
  ['ruri.port == 5080', [0]],
  ['body.length > 0', [0, 3]],
  ['$cl == 0', except(0, 3)],
  ['vias > 1', [0, 1, 2, 3, 4, 5, 6]],
  // Text.
  ['from:1001', [0, 1, 2, 3, 4, 5, 6]],
  ['from:alice', [0, 1, 2, 3, 4, 5, 6]],
  ['from:"Alice A"', [0, 1, 2, 3, 4, 5, 6]],
  ['from:As1', []],
  ['hdr.From:As1', [0, 1, 2, 3, 4, 5, 6]],
  ['sip.from.user == "1001"', [0, 1, 2, 3, 4, 5, 6]],
  ['$fU =~ "^10"', [0, 1, 2, 3, 4, 5, 6]],
  ['$fU =~ "^[[:digit:]]+$" && $rm == "INVITE"', [0, 7]],
  ['$fu == "sip:2001@other.example;user=phone"', [7, 8, 9]],
  ['from.display == "alice a"', [0, 1, 2, 3, 4, 5, 6]],
  ['from:zoë', [12]],
  ['from.display == "Zoë"', [12]],
  ['sipfromuser:2001', [7, 8, 9]],
  ['user == 1001', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['from.user == PING', []],
  ['from.user == ping', [10, 11]],
  ['to.host == example.com', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['$td == "EXAMPLE.com"', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['host:other', [7, 8, 9]],
  ['host == 10.0.0.9', [10, 11]],
  ['host != 10.0.0.9', except(10, 11)],
  ['from.tag == as1', [0, 1, 2, 3, 4, 5, 6]],
  ['tag in {t1, c1, x, y, z}', [2, 3, 4, 5, 6, 10, 11, 12]],
  ['method:INVITE and to.tag', []],
  ['callid:Cid1', [0, 1, 2, 3, 4, 5, 6]],
  ['callid:cid1', []],
  ['$ci == "Cid2@Host"', [7, 8, 9]],
  ['call-id in {"Cid3@Host", a, b, c, d, e}', [10, 11]],
  ['ua:linphone', [0]],
  ['sip.User-Agent contains "SCANNER"', [7]],
  ['user-agent matches "^(kamailio|linphone)"', [0, 10]],
  ['agent:kamailio', [3, 10]],
  ['ua', [0, 7, 10]],
  ['reason == "busy here"', [8]],
  ['$rr contains Ring', [2]],
  ['ruri:1002', [0, 4, 5]],
  ['$rU == 1001', [7, 9]],
  ['$rd == "10.1.0.2"', [4, 5]],
  ['contact.host == 10.0.0.1', [0]],
  ['content-type == application/sdp', [0, 3]],
  ['hdr.Content-Type contains "charset"', [0, 3]],
  ['hdr.X-Foo == "one, two"', [0]],
  ['$hdr(x-foo)', [0]],
  ['$hdr(User-Agent) =~ "scan"', [7]],
  ['sip.X-Call-ID or hdr.Nothing', []],
  ['branch == Z9HG4BK7', [7]],
  ['sent-by:sbc', [7, 8, 9, 10, 11, 12]],
  ['request.line contains ":5080 SIP"', [0]],
  ['sip.Status-Line matches "busy"', [8]],
  ['fault', [12]],
  ['fault:cseq', [12]],
  ['fault != "no-call-id cseq-method"', []],
  // Addresses.
  ['src == 10.0.0.1', [0, 4, 5, 10]],
  ['$si == "10.0.0.1"', [0, 4, 5, 10]],
  ['ip.src == 10.0.0.1', [0, 4, 5, 10]],
  ['src in 10.0.0.0/8', [0, 1, 2, 3, 4, 5, 6, 10, 11]],
  ['ip == 10.1.0.0/16', [0, 1, 2, 3, 4, 5, 6]],
  ['ip:192.0.2.77', [12]],
  ['ip != 10.0.0.1', [7, 8, 9, 12]],
  ['ip in {192.0.2.0..192.0.2.80, 2001:db8:1::/48}', [7, 8, 9, 12]],
  ['dst == 2001:DB8:1:0:0:0:0:2', [7, 9]],
  ['dst:2001:db8:1::2', [7, 9]],
  ['src in {2001:db8::/32}', [7, 8, 9]],
  ['ip in {0.0.0.0/0}', except(7, 8, 9)],
  ['$si =~ "^10\\.0\\."', [0, 4, 5, 10, 11]],
  ['port:5080', [0, 1, 2, 3, 4, 5, 6]],
  ['udp.port in {5070, 40000}', [7, 8, 9, 12]],
  ['port != 5060', []],
  ['sport:5060 dport:5060', [10, 11]],
  ['transport == tcp', [7, 8, 9]],
  ['$proto == "udp"', except(7, 8, 9)],
  // Flags.
  ['retransmission', [7]],
  ['sip.resend', [7]],
  ['retransmission == true', [7]],
  ['retransmission != true', except(7)],
  ['copy == false', except(11)],
  ['not copy', except(11)],
  ['decrypted and truncated', [12]],
  ['request', [0, 4, 5, 7, 9, 10, 12]],
  ['response', [1, 2, 3, 6, 8, 11]],
  // Time. Row N is at 10:00:0N and a quarter.
  ['time >= "2026-11-23 10:00:10"', [10, 11, 12]],
  ['time < 2026-11-23T10:00:02.250Z', [0, 1]],
  ['time <= "2026-11-23 11:00:02.25+01:00"', [0, 1, 2]],
  ['time == "2026-11-23 10:00:03"', [3]],
  ['time == "2026-11-23 10:00"', ALL],
  ['time == 2026-11-23', ALL],
  ['time > 2026-11-23', ALL],
  ['time != 2026-11-23', []],
  ['time in {2026-11-23T10:00:03..2026-11-23T10:00:04}', [3, 4]],
  ['frame.time_epoch == 1795428005.25', [5]],
  ['time < 1795428001', [0]],
  ['relative < 2s', [0, 1]],
  ['frame.time_relative >= 12s', [12]],
  ['relative in {500ms..1s, 3s}', [1, 3]],
  // What is looked for in the bytes.
  ['scanner', [7]],
  ['"friendly-SCANNER"', [7]],
  ['needle', []],
  ['zoë', [12]],
  ['sip:1002@example.com:5080', [0]],
  ['body contains "ptime:30"', [3]],
  ['body:ptime', [0, 3]],
  ['$rb =~ "^a=ptime:(20|40)$"', [0]],
  ['sdp', [0, 3]],
  ['sdp contains "PTIME:30"', [3]],
  ['not sdp matches ptime', except(0, 3)],
  ['body', [0, 3]],
  ['message contains "X-Foo"', [0]],
  ['sip contains "x-foo"', [0]],
  ['sip matches "^x-foo: two$"', [0]],
  // Fields of the call, read through the message.
  ['state == busy', [7, 8, 9]],
  ['not state == busy', except(7, 8, 9)],
  ['state != busy', [0, 1, 2, 3, 4, 5, 6, 10, 11]],
  ['state:BUSY method:INVITE', [7]],
  ['duration > 30s', [0, 1, 2, 3, 4, 5, 6]],
  ['duration', [0, 1, 2, 3, 4, 5, 6]],
  ['ringing >= 1500ms and request', [0, 4, 5]],
  ['partial', [10, 11]],
  // Joining.
  ['method:INVITE from:1001', [0]],
  ['method:INVITE and from:1001', [0]],
  ['method:INVITE && not from:1001', [7]],
  ['method:INVITE !from:1001', [7]],
  ['method:BYE or method:INVITE from:1001', [0, 5]],
  ['(method:BYE or method:INVITE) from:1001', [0, 5]],
  ['(method:BYE || method:INVITE) and transport:tcp', [7]],
  ['NOT (request OR response)', []],
  ['not not request', [0, 4, 5, 7, 9, 10, 12]],
];

/* Each line: a filter, and the calls of the small day that it finds. */
const calls: readonly (readonly [string, readonly number[]])[] = [
  ['method:INVITE', [1, 2]],
  ['method:INVITE and status:486', [2]],
  ['method:INVITE and status:200', [1]],
  ['not method:OPTIONS', [1, 2]],
  ['method:OPTIONS or status:486', [2, 3]],
  ['status == 2xx', [1, 3]],
  // `!=` is of the call as a whole: it has values, and none of them is this one.
  ['status != 200', [2]],
  ['status and not status == 200', [2]],
  ['not status == 200', [2]],
  ['method != ACK', [3]],
  ['ip != 10.0.0.1', [2]],
  ['state == completed', [1, 3]],
  ['state != completed', [2]],
  ['state in {busy, failed}', [2]],
  ['duration > 30s', [1]],
  ['not duration', [2, 3]],
  ['ringing > 5s', []],
  ['ringing == 2s', [1]],
  ['answered', [1]],
  ['span in {0..2s}', [2, 3]],
  ['final:4xx', [2]],
  ['messages >= 3', [1, 2]],
  ['hops > 1', [1]],
  ['findings > 0', [2]],
  ['retransmissions > 0', [2]],
  ['call in {1, 3}', [1, 3]],
  ['call.method == INVITE and not partial', [1, 2]],
  ['partial', [3]],
  ['retransmission', [2]],
  ['sdp', [1]],
  ['"ptime:30" and "ptime:20"', [1]],
  ['zoë', []],
  ['not scanner', [1, 3]],
  ['ua:kamailio', [3]],
  ['fault', []],
  ['frame < 100', [1, 2, 3]],
];

describe('filters of messages', () => {
  it.each(messages)('%s', async (filter, rows) => {
    expect(await found(filter, 'messages')).toStrictEqual(rows);
  });
});

describe('filters of calls', () => {
  it.each(calls)('%s', async (filter, rows) => {
    expect(await found(filter, 'calls')).toStrictEqual(rows);
  });
});

describe('how a filter is evaluated', () => {
  it('takes times without a zone as local time where asked to', async () => {
    const offset = new Date(Date.UTC(2026, 10, 23, 10)).getTimezoneOffset();
    const local = new Date(Date.UTC(2026, 10, 23, 10, -offset, 10)).toISOString().slice(0, 19);
    expect(await found(`time >= ${local}`, 'messages', { zone: 'local' })).toStrictEqual([10, 11, 12]);
  });

  it('reads the messages once for all their derived parts, and once for all searches', async () => {
    const source = smallDay();
    const parsed = parse('from:1 to:1 (ua or from.user == 1) alice "bob" body:x');
    if (!parsed.ok) throw new Error(parsed.error.message);
    await select(parsed.expression, source, 'messages');
    expect([source.derivations, source.scans]).toStrictEqual([1, 1]);
  });

  it('reads nothing for columns that are there', async () => {
    const source = smallDay();
    const parsed = parse('method:INVITE status:4xx ip:10.0.0.1 state:busy');
    if (!parsed.ok) throw new Error(parsed.error.message);
    await select(parsed.expression, source, 'calls');
    expect([source.derivations, source.scans]).toStrictEqual([0, 0]);
  });

  it('is null once cancelled, before, between and within its steps', async () => {
    const parsed = parse('method:INVITE and (ua:x or "alice")');
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(await select(parsed.expression, smallDay(), 'messages', { cancel: { aborted: true } })).toBeNull();
    for (let steps = 0; ; steps++) {
      const cancel = new AbortController();
      let left = steps;
      const pause = (): Promise<void> => {
        left -= 1;
        if (left < 0) cancel.abort();
        return Promise.resolve();
      };
      const selection = await select(parsed.expression, smallDay(), 'messages', { cancel: cancel.signal, pause });
      if (selection !== null) {
        expect(steps).toBe(3);
        break;
      }
    }
  });

  it('has no row and no call where there are none', async () => {
    const parsed = parse('not method:INVITE');
    if (!parsed.ok) throw new Error(parsed.error.message);
    const { TableSource } = await import('./table-source.ts');
    expect(await select(parsed.expression, new TableSource([], []), 'messages')).toStrictEqual({
      mask: new Uint8Array(0),
      matches: 0,
    });
    expect(await select(parsed.expression, new TableSource([], []), 'calls')).toStrictEqual({
      mask: new Uint8Array(1),
      matches: 0,
    });
  });
});
