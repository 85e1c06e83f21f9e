import type { LadderInput } from '../../core/ladder/input.ts';
import { Dialogue, stream } from './dialogue.ts';

const phone = '10.1.0.7:5060';
const proxy = '10.0.0.1:5060';
const gateway = '10.3.0.3:5080';

/** 20 ms asked for and 40 sent until a re-INVITE; digits dialled; a relay on a host of its own; SRTP on the far side, one way. */
export function mediaCall(): LadderInput {
  const relay = '10.0.0.9';
  const at = (ms: number): number => 21_998 + ms;
  return new Dialogue()
    .call({ callId: 'm-1', from: 'sip:1011@example.com', to: 'sip:2044@example.com', why: 'Answered.' })
    .say(0, phone, proxy, 'INVITE', { sdp: 'PCMA 20 ms' })
    .say(1, proxy, gateway, 'INVITE', { sdp: 'PCMA 20 ms' })
    .say(900, gateway, proxy, '200 OK', { sdp: 'PCMA 20 ms' })
    .say(901, proxy, phone, '200 OK', { sdp: 'PCMA 40 ms' })
    .say(920, phone, proxy, 'ACK', { toTag: 'b2' })
    .say(921, proxy, gateway, 'ACK', { toTag: 'b2' })
    .say(4000, gateway, proxy, 'INVITE', { of: '2 INVITE', toTag: 'b2', sdp: 'PCMA 20 ms' })
    .say(4010, proxy, gateway, '200 OK', { of: '2 INVITE', sdp: 'PCMA 20 ms' })
    .say(4020, gateway, proxy, 'ACK', { of: '2 ACK', toTag: 'b2' })
    .say(8000, phone, proxy, 'BYE', { of: '3 BYE', toTag: 'b2' })
    .say(8001, proxy, phone, '200 OK', { of: '3 BYE' })
    .input({
      streams: [
        stream('10.1.0.7:20000', `${relay}:30000`, [at(930), at(7990)], {
          stream: 1,
          packets: 201,
          packetMs: 40,
          codec: 'PCMA',
          changes: [
            [at(930), 40],
            [at(4050), 20],
          ],
          dtmf: ['1', '2', '#'],
          mos: 4.21,
          warning: 'The callee asks for packets of 20 ms (a=ptime) and gets 40 ms: the caller should send 20 ms.',
        }),
        stream(`${relay}:30000`, '10.1.0.7:20000', [at(950), at(3000)], {
          stream: 2,
          codec: 'PCMA',
          packets: 96,
          missing: 4,
          mos: 3.4,
          direction: 'callee-to-caller',
          addressNote: 'It goes to 10.1.0.7:20000, from where that side’s own packets come (latching).',
        }),
        stream(`${relay}:30002`, '10.3.0.3:24024', [at(960), at(7990)], {
          stream: 3,
          codec: null,
          payloadType: 97,
          packetMs: null,
          mos: null,
          meanJitterMs: null,
          maxJitterMs: null,
          protection: 'SRTP',
          warning: 'One way only: nothing came back from the callee.',
        }),
      ],
      remarks: [
        { row: 3, text: 'The answer asks for 40 ms; the offer asked for 20 ms.', severity: 'warn', stream: null },
        { row: 6, text: 'From here the caller sends 20 ms packets, before 40 ms.', severity: 'bad', stream: 1 },
      ],
    });
}
