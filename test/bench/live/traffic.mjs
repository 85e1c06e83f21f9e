/**
 * Sends RTP and SIP to the broadcast address of loopback, where it is captured and nobody answers: `--rate` packets a
 * second for `--seconds`, of which `--calls` a second are calls of seven messages each that last two seconds. Prints what
 * was sent as one line of JSON.
 */
import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50000' },
    calls: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
    port: { type: 'string', default: '31000' },
  },
});
const rate = Number(values.rate);
const callRate = Number(values.calls);
const seconds = Number(values.seconds);
const first = Number(values.port);
const TO = '127.255.255.255';
const STREAMS = 1000;
/** Milliseconds between two bursts, and seconds that a call lasts. */
const STEP = 2;
const LASTS = 2;
const MESSAGES = 7;

const socket = createSocket('udp4');
await new Promise((resolve) => {
  socket.bind(0, '127.0.0.1', () => resolve(undefined));
});
socket.setBroadcast(true);
socket.setSendBufferSize(4 << 20);

const count = { sent: 0, failed: 0, sip: 0 };
const done = (/** @type {Error | null} */ error) => {
  if (error === null) count.sent += 1;
  else count.failed += 1;
};

const numbers = new Uint32Array(STREAMS);
/** The next packet of a stream. @param {number} stream */
function rtp(stream) {
  const packet = Buffer.allocUnsafe(172);
  const number = numbers[stream] ?? 0;
  numbers[stream] = number + 1;
  packet.writeUInt16BE(0x8008, 0);
  packet.writeUInt16BE(number & 0xffff, 2);
  packet.writeUInt32BE((number * 160) >>> 0, 4);
  packet.writeUInt32BE(0x5100_0000 + stream, 8);
  packet.fill(0xd5, 12);
  socket.send(packet, first + 2 + stream * 2, TO, done);
}

/** One message of a call. @param {number} call @param {number} step */
function message(call, step) {
  const id = `${process.pid}-${call}`;
  const isBye = step > 4;
  const method = isBye ? 'BYE' : step === 4 ? 'ACK' : 'INVITE';
  const start = [
    `INVITE sip:b@${TO} SIP/2.0`,
    'SIP/2.0 100 Trying',
    'SIP/2.0 180 Ringing',
    'SIP/2.0 200 OK',
    `ACK sip:b@${TO} SIP/2.0`,
    `BYE sip:b@${TO} SIP/2.0`,
    'SIP/2.0 200 OK',
  ][step];
  const text = [
    start,
    `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK${id}${method}`,
    `From: "A" <sip:a@127.0.0.1>;tag=a${call}`,
    `To: <sip:b@${TO}>${step > 1 ? `;tag=b${call}` : ''}`,
    `Call-ID: ${id}`,
    `CSeq: ${isBye ? 2 : 1} ${method}`,
    `X-Sent: ${performance.timeOrigin + performance.now()}`,
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  count.sip += 1;
  socket.send(text, first, TO, done);
}

const began = performance.now();
let packets = 0;
let calls = 0;
let stream = 0;
/** @type {{ readonly call: number, readonly at: number }[]} Calls that go on, the first to end first. */
const going = [];
await new Promise((resolve) => {
  const timer = setInterval(() => {
    const now = performance.now() - began;
    const over = now >= seconds * 1000;
    while ((going[0]?.at ?? Number.POSITIVE_INFINITY) <= (over ? Number.MAX_VALUE : now)) {
      const { call } = /** @type {{ call: number }} */ (going.shift());
      message(call, 5);
      message(call, 6);
      packets += 2;
    }
    if (over) {
      clearInterval(timer);
      resolve(undefined);
      return;
    }
    for (; calls < (now / 1000) * callRate; calls++) {
      for (let step = 0; step < MESSAGES - 2; step++) message(calls, step);
      packets += MESSAGES - 2;
      going.push({ call: calls, at: now + LASTS * 1000 });
    }
    // A machine that is busy elsewhere is not made up for all at once.
    const due = Math.min((now / 1000) * rate, packets + (rate / 1000) * STEP * 20);
    for (; packets < due; packets++) rtp(stream++ % STREAMS);
  }, STEP);
});
// What waits is handed over first.
while (count.sent + count.failed < packets) await pause(10);
socket.close();
process.stdout.write(`${JSON.stringify({ ...count, calls, seconds: (performance.now() - began) / 1000 })}\n`);
