import { endpoint } from './output.mjs';
import { number, PROXY_HOST } from './sip.mjs';

/** @import { World } from './calls.mjs' */

const PROXY = endpoint(PROXY_HOST, 5060);
const REFUSALS = ['403 Forbidden', '404 Not Found', '486 Busy Here', '480 Temporarily Unavailable', '603 Decline'];

/**
 * A dialog of a few messages, each with its own Call-ID: OPTIONS and 200, or INVITE, 100, refusal, ACK.
 * @param {World} world @param {number} start µs
 */
export function addDialog(world, start) {
  world.schedule.add(start, world.random.below(2) === 0 ? new Options(world) : new Refused(world));
}

class Short {
  /** @param {World} world */
  constructor(world) {
    const { random } = world;
    this.world = world;
    this.phone = random.pick(world.callers);
    this.next = 0;
    this.fromTag = random.hex(8);
    this.toTag = random.hex(8);
    this.branch = random.hex(12);
    this.callId = `${random.hex(16)}@${this.phone.host}`;
    this.user = number(random);
    this.target = number(random);
  }

  /** Via, From, To, Call-ID and CSeq. @param {string} method @param {boolean} answered @param {string} [cseq] */
  common(method, answered, cseq = method) {
    return (
      `Via: SIP/2.0/UDP ${this.phone.host}:${this.phone.port};branch=z9hG4bK${this.branch}${answered ? '' : ';rport'}\r\n` +
      `From: <sip:${this.user}@example.com>;tag=${this.fromTag}\r\n` +
      `To: <sip:${this.target}@example.com>${answered ? `;tag=${this.toTag}` : ''}\r\n` +
      `Call-ID: ${this.callId}\r\nCSeq: 1 ${cseq}\r\n`
    );
  }
}

class Options extends Short {
  /** @param {number} time @returns {number} */
  step(time) {
    const { output, random } = this.world;
    if (this.next++ === 0) {
      const head = `OPTIONS sip:${this.target}@example.com SIP/2.0\r\n${this.common('OPTIONS', false)}`;
      output.text(time, this.phone, PROXY, `${head}Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n`);
      return time + random.between(300, 20_000);
    }
    output.text(time, PROXY, this.phone, `SIP/2.0 200 OK\r\n${this.common('OPTIONS', true)}Content-Length: 0\r\n\r\n`);
    return -1;
  }
}

class Refused extends Short {
  /** @param {World} world */
  constructor(world) {
    super(world);
    this.refusal = world.random.pick(REFUSALS);
  }

  /** @param {number} time @returns {number} */
  step(time) {
    const { output, random } = this.world;
    const { phone } = this;
    const uri = `sip:${this.target}@example.com`;
    const end = 'Content-Length: 0\r\n\r\n';
    switch (this.next++) {
      case 0:
        output.text(
          time,
          phone,
          PROXY,
          `INVITE ${uri} SIP/2.0\r\n${this.common('INVITE', false)}Max-Forwards: 70\r\n` +
            `Contact: <sip:${this.user}@${phone.host}:${phone.port}>\r\n${end}`,
        );
        return time + random.between(200, 2_000);
      case 1:
        output.text(time, PROXY, phone, `SIP/2.0 100 Trying\r\n${this.common('INVITE', false)}${end}`);
        return time + random.between(1_000, 400_000);
      case 2:
        output.text(time, PROXY, phone, `SIP/2.0 ${this.refusal}\r\n${this.common('INVITE', true)}${end}`);
        return time + random.between(1_000, 60_000);
      default:
        output.text(time, phone, PROXY, `ACK ${uri} SIP/2.0\r\n${this.common('ACK', true)}Max-Forwards: 70\r\n${end}`);
        return -1;
    }
  }
}
