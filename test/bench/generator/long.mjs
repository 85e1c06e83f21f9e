import { endpoint } from './output.mjs';
import { number, PROXY_HOST } from './sip.mjs';

/** @import { World } from './calls.mjs' @import { Endpoint } from './output.mjs' */

const PROXY = endpoint(PROXY_HOST, 5060);
/** Every so many requests is a re-INVITE with SDP; the others are INFO. */
const REINVITE = 10;

/**
 * One dialog over a proxy that goes on for `messages` messages: INVITE, then INFO and re-INVITEs by turns of either side.
 * @param {World} world @param {number} start µs @param {number} messages
 */
export function addLongDialog(world, start, messages) {
  world.schedule.add(start, new LongDialog(world, messages));
}

class LongDialog {
  /** @param {World} world @param {number} messages */
  constructor(world, messages) {
    const { random } = world;
    this.world = world;
    this.left = messages;
    this.caller = random.pick(world.callers);
    this.callee = random.pick(world.callees);
    this.callId = `${random.hex(16)}@${this.caller.host}`;
    this.from = `<sip:${number(random)}@example.com>;tag=${random.hex(8)}`;
    this.to = `<sip:${number(random)}@example.com>`;
    this.toTag = random.hex(8);
    this.request = 0;
    /** @type {(() => void)[]} */
    this.queue = [];
    this.time = 0;
  }

  /** @param {number} time @returns {number} */
  step(time) {
    this.time = time;
    if (this.queue.length === 0) this.plan();
    this.queue.shift()?.();
    this.left -= 1;
    return this.left > 0 ? time + this.world.random.between(300, 400_000) : -1;
  }

  /** Queues the messages of the next request on both hops. */
  plan() {
    const index = this.request++;
    const invite = index % REINVITE === 0;
    const byCaller = index === 0 || this.world.random.below(2) === 0;
    const method = invite ? 'INVITE' : 'INFO';
    const [near, far] = byCaller ? [this.caller, this.callee] : [this.callee, this.caller];
    const branches = [this.world.random.hex(12), this.world.random.hex(12)];
    const facts = { cseq: index + 1, byCaller, tagged: index > 0, branches, near };
    const body = invite ? this.sdp(near, index) : '';
    const answer = invite ? this.sdp(far, index) : '';
    this.queue.push(
      () => this.write(near, PROXY, this.head(method, method, facts, false), body),
      () => this.write(PROXY, far, this.head(method, method, facts, true), body),
      () => this.write(far, PROXY, this.head('', method, { ...facts, tagged: true }, true), answer),
      () => this.write(PROXY, near, this.head('', method, { ...facts, tagged: true }, false), answer),
    );
    if (!invite) return;
    const acked = { ...facts, tagged: true, branches: branches.map((branch) => `${branch}a`) };
    this.queue.push(
      () => this.write(near, PROXY, this.head('ACK', 'ACK', acked, false), ''),
      () => this.write(PROXY, far, this.head('ACK', 'ACK', acked, true), ''),
    );
  }

  /** @param {Endpoint} from @param {Endpoint} to @param {string} head @param {string} body */
  write(from, to, head, body) {
    const type = body === '' ? '' : 'Content-Type: application/sdp\r\n';
    this.world.output.text(this.time, from, to, `${head}${type}Content-Length: ${body.length}\r\n\r\n${body}`);
  }

  /**
   * @param {string} request '' for a response
   * @param {string} method of the CSeq
   * @param {{cseq: number, byCaller: boolean, tagged: boolean, branches: string[], near: Endpoint}} facts
   * @param {boolean} forwarded on the hop behind the proxy
   */
  head(request, method, { cseq, byCaller, tagged, branches: [first, second], near }, forwarded) {
    const to = tagged ? `${this.to};tag=${this.toTag}` : this.to;
    const own = `Via: SIP/2.0/UDP ${near.host}:${near.port};branch=z9hG4bK${first};rport\r\n`;
    const start = request === '' ? 'SIP/2.0 200 OK' : `${request} sip:target@example.com SIP/2.0`;
    const proxy = forwarded ? `Via: SIP/2.0/UDP ${PROXY.host};branch=z9hG4bK${second}\r\n` : '';
    return (
      `${start}\r\n${proxy}${own}From: ${byCaller ? this.from : to}\r\nTo: ${byCaller ? to : this.from}\r\n` +
      `Call-ID: ${this.callId}\r\nCSeq: ${cseq} ${method}\r\nMax-Forwards: ${forwarded ? 69 : 70}\r\n`
    );
  }

  /** @param {Endpoint} of @param {number} version */
  sdp(of, version) {
    return (
      `v=0\r\no=- 1 ${version} IN IP4 ${of.host}\r\ns=-\r\nc=IN IP4 ${of.host}\r\nt=0 0\r\n` +
      'm=audio 30000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n' +
      'a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n'
    );
  }
}
