import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSdp } from '../../core/decode/sdp.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');
const session = ['v=0', 'o=alice 2890844526 2890844527 IN IP4 host.example.com', 's= ', 'c=IN IP4 192.0.2.1', 't=0 0'];
const media = (...all: string[]): ReturnType<typeof readSdp>['media'] => readSdp(lines(...session, ...all)).media;

test('a session with a section, in full', () => {
  expect(
    readSdp(
      lines(
        ...session,
        'm=audio 49170 RTP/AVP 0 97 101',
        'a=rtpmap:97 iLBC/8000',
        'a=rtpmap:101 telephone-event/8000',
        'a=fmtp:97 mode=30',
        'a=fmtp:101 0-15,32',
        'a=ptime:20',
        'a=maxptime:40',
        'a=sendonly',
      ),
    ),
  ).toEqual({
    origin: 'alice 2890844526 2890844527 IN IP4 host.example.com',
    sessionName: ' ',
    address: '192.0.2.1',
    attributes: [],
    faults: [],
    media: [
      {
        type: 'audio',
        port: 49_170,
        portCount: 1,
        protocol: 'RTP/AVP',
        formats: ['0', '97', '101'],
        address: '192.0.2.1',
        direction: 'sendonly',
        ptimeMs: 20,
        maxptimeMs: 40,
        rtcpPort: null,
        rtcpMux: false,
        codecs: [
          { payloadType: 0, name: 'PCMU', clockRate: 8000, channels: 1, parameters: null },
          { payloadType: 97, name: 'iLBC', clockRate: 8000, channels: 1, parameters: 'mode=30' },
          { payloadType: 101, name: 'telephone-event', clockRate: 8000, channels: 1, parameters: '0-15,32' },
        ],
        attributes: [
          { name: 'rtpmap', value: '97 iLBC/8000' },
          { name: 'rtpmap', value: '101 telephone-event/8000' },
          { name: 'fmtp', value: '97 mode=30' },
          { name: 'fmtp', value: '101 0-15,32' },
          { name: 'ptime', value: '20' },
          { name: 'maxptime', value: '40' },
          { name: 'sendonly', value: null },
        ],
      },
    ],
  });
});

describe('what a section inherits', () => {
  test('c= of its own, of the session, or none; a multicast TTL is no part of it', () => {
    expect(media('m=audio 1 RTP/AVP 0', 'm=video 2 RTP/AVP 34', 'c=IN IP4 224.2.1.1/127/3')[1]?.address).toBe(
      '224.2.1.1',
    );
    expect(media('m=audio 1 RTP/AVP 0')[0]?.address).toBe('192.0.2.1');
    expect(readSdp(lines('v=0', 'm=audio 1 RTP/AVP 0', 'c=IN IP6 2001:db8::1')).media[0]?.address).toBe('2001:db8::1');
    expect(readSdp(lines('v=0', 'm=audio 1 RTP/AVP 0')).media[0]?.address).toBeNull();
  });

  test('direction of its own, of the session, or sendrecv', () => {
    const both = readSdp(lines(...session, 'a=inactive', 'm=audio 1 RTP/AVP 0', 'm=audio 2 RTP/AVP 0', 'a=recvonly'));
    expect(both.media.map(({ direction }) => direction)).toEqual(['inactive', 'recvonly']);
    expect(media('m=audio 1 RTP/AVP 0')[0]?.direction).toBe('sendrecv');
  });

  /* RFC 8866 6.4: ptime is per media section. One of the session is a mistake of the sender that receivers do not heed. */
  test('a session has no ptime', () => {
    const found = readSdp(lines(...session, 'a=ptime:30', 'm=audio 1 RTP/AVP 0'));
    expect(found.media[0]?.ptimeMs).toBeNull();
    expect(found.faults).toHaveLength(1);
  });
});

describe('payload types (RFC 3551)', () => {
  test('static ones need no rtpmap; G722 has a clock of 8000', () => {
    const [audio] = media('m=audio 1 RTP/AVP 0 3 4 8 9 10 13 18');
    expect(audio?.codecs.map(({ name, clockRate, channels }) => `${name}/${clockRate}/${channels}`)).toEqual([
      'PCMU/8000/1',
      'GSM/8000/1',
      'G723/8000/1',
      'PCMA/8000/1',
      'G722/8000/1',
      'L16/44100/2',
      'CN/8000/1',
      'G729/8000/1',
    ]);
  });

  test('rtpmap wins over the table; channels; order is that of m=', () => {
    const [audio] = media(
      'm=audio 1 UDP/TLS/RTP/SAVPF 111 0',
      'a=rtpmap:0 PCMA/16000',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
    );
    expect(audio?.codecs).toEqual([
      { payloadType: 111, name: 'opus', clockRate: 48_000, channels: 2, parameters: 'minptime=10;useinbandfec=1' },
      { payloadType: 0, name: 'PCMA', clockRate: 16_000, channels: 1, parameters: null },
    ]);
  });

  test('a dynamic one without rtpmap is nobody: no name, and a fault', () => {
    const found = readSdp(lines(...session, 'm=audio 1 RTP/AVP 96'));
    expect(found.media[0]?.codecs).toEqual([
      { payloadType: 96, name: '', clockRate: 0, channels: 1, parameters: null },
    ]);
    expect(found.faults).toEqual([{ line: 6, text: 'payload type 96 has no a=rtpmap' }]);
  });
});

describe('other sections', () => {
  test('T.38, MSRP, refused, several ports', () => {
    const found = media(
      'm=image 4000 udptl t38',
      'a=T38FaxVersion:0',
      'm=message 9 TCP/MSRP *',
      'a=path:msrp://192.0.2.1:2855/s;tcp',
      'm=audio 0 RTP/AVP 0',
      'm=video 49170/2 RTP/AVP 31',
    );
    expect(
      found.map(({ type, port, portCount, protocol, formats, codecs }) => [
        type,
        port,
        portCount,
        protocol,
        formats.join(','),
        codecs.length,
      ]),
    ).toEqual([
      ['image', 4000, 1, 'udptl', 't38', 0],
      ['message', 9, 1, 'TCP/MSRP', '*', 0],
      ['audio', 0, 1, 'RTP/AVP', '0', 1],
      ['video', 49_170, 2, 'RTP/AVP', '31', 1],
    ]);
  });

  test('rtcp, rtcp-mux, ICE and keys', () => {
    const [audio] = media(
      'm=audio 1 RTP/SAVP 0',
      'a=rtcp:53020 IN IP4 126.16.64.4',
      'a=rtcp-mux',
      'a=candidate:1 1 UDP 2130706431 10.0.1.1 8998 typ host',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc',
    );
    expect([audio?.rtcpPort, audio?.rtcpMux]).toEqual([53_020, true]);
    expect(audio?.attributes.map(({ name }) => name)).toEqual(['rtcp', 'rtcp-mux', 'candidate', 'crypto']);
  });
});

describe('broken ones', () => {
  test('line ends of any kind, and empty lines behind', () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const found = readSdp(['v=0', 'o=- 1 1 IN IP4 1.1.1.1', 's=-', 'm=audio 1 RTP/AVP 0', '', ''].join(end));
      expect([found.media.length, found.faults]).toEqual([1, []]);
    }
  });

  test('each line that breaks the grammar is said, the others count', () => {
    const found = readSdp(
      lines(
        'v=0',
        'o=too few',
        'hello',
        '',
        'x=1',
        'c=IN IP4',
        'm=audio',
        'a=rtpmap:x',
        'm=audio 99999 RTP/AVP 0',
        'm=audio 1 RTP/AVP PCMU 200',
      ),
    );
    expect(found.faults.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 9, 10, 10]);
    expect(found.media.map(({ type, port }) => [type, port])).toEqual([
      ['audio', 0],
      ['audio', 65_535],
      ['audio', 1],
    ]);
  });

  test('thousands of sections and faults are cut to what a reader can use', () => {
    const found = readSdp(`v=0\n${'m=audio 1 RTP/AVP 96\n'.repeat(5000)}${'rubbish\n'.repeat(5000)}`);
    expect([found.media.length, found.faults.length]).toEqual([256, 32]);
  });

  test('nothing throws', () => {
    const piece = fc.constantFrom(
      'v=',
      'm=',
      'a=',
      'c=',
      'o=',
      '0',
      'audio',
      ' ',
      'RTP/AVP',
      ':',
      '/',
      'rtpmap',
      'fmtp',
      'ptime',
      '\n',
      '\r\n',
      '\0',
      '999999',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        readSdp(pieces.join(''));
      }),
      { seed: 8866, numRuns: 2000 },
    );
  });
});
