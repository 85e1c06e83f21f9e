import { endpoint, RtpTemplate } from './output.mjs';
import { CallText, PROXY_HOST } from './sip.mjs';

/**
 * @import { Output, Endpoint } from './output.mjs'
 * @import { Random } from './random.mjs'
 * @import { Schedule } from './schedule.mjs'
 */

/** Time between the RTP packets of a stream, µs, and the same in G.711 samples. */
const PACKET_US = 20_000;
const PACKET_SAMPLES = 160;
const PROXY = endpoint(PROXY_HOST, 5060);
const LAST_STEP = 12;

/**
 * What a run shares.
 * @typedef {object} World
 * @property {Output} output @property {Schedule} schedule @property {Random} random
 * @property {Endpoint[]} callers @property {Endpoint[]} callees
 * @property {number} relayPort the next free media port of the proxy
 */

/** @param {Output} output @param {Schedule} schedule @param {Random} random @returns {World} */
export function makeWorld(output, schedule, random) {
  const phone = (/** @type {number} */ net, /** @type {number} */ index) =>
    endpoint(`10.${net}.${index >> 6}.${10 + (index & 63)}`, random.below(3) === 0 ? 1024 + random.below(60000) : 5060);
  return {
    output,
    schedule,
    random,
    callers: Array.from({ length: 320 }, (_, index) => phone(30, index)),
    callees: Array.from({ length: 120 }, (_, index) => phone(40, index)),
    relayPort: 30000,
  };
}

/** An even port of the proxy's relay, the next one each time. @param {World} world */
function relayPort(world) {
  world.relayPort = world.relayPort >= 60000 ? 30000 : world.relayPort + 2;
  return endpoint(PROXY_HOST, world.relayPort);
}

/**
 * A proxied call: 13 messages, and between ACK and BYE either a pause or RTP.
 * @param {World} world @param {number} start µs @param {number} rtpPackets in total, a multiple of 4; 0 for none
 */
export function addCall(world, start, rtpPackets) {
  world.schedule.add(start, new Call(world, rtpPackets));
}

class Call {
  /** @param {World} world @param {number} rtpPackets */
  constructor(world, rtpPackets) {
    const { random } = world;
    this.world = world;
    this.rtpPackets = rtpPackets;
    const caller = random.pick(world.callers);
    const callee = random.pick(world.callees);
    const relayed = random.below(2) === 0;
    this.facts = {
      caller,
      callee,
      proxy: PROXY,
      callerMedia: endpoint(caller.host, 10000 + 2 * random.below(20000)),
      calleeMedia: endpoint(callee.host, 10000 + 2 * random.below(20000)),
      relayToCaller: relayed ? relayPort(world) : null,
      relayToCallee: relayed ? relayPort(world) : null,
      payloadType: random.below(2) * 8,
    };
    this.text = new CallText(this.facts, random);
    this.next = 0;
    this.talking = 0;
    /** Path delays of this call, µs: caller side, callee side, thinking of the proxy. */
    this.nearUs = random.between(2_000, 40_000);
    this.farUs = random.between(1_000, 30_000);
  }

  /** @param {number} time @returns {number} */
  step(time) {
    const step = this.next++;
    const { output } = this.world;
    const [from, to] = this.#hop(step);
    output.text(time, from, to, this.text.message(step));
    if (step === LAST_STEP) return -1;
    if (step === 8 && this.rtpPackets > 0) {
      this.#talk(time);
      return -1;
    }
    return time + this.#pause(step);
  }

  /** A stream of this call has sent its last packet. @param {number} time */
  streamDone(time) {
    if (--this.talking === 0) this.world.schedule.add(time + this.world.random.between(50_000, 400_000), this);
  }

  /** Who sends step `step` to whom. @param {number} step @returns {[Endpoint, Endpoint]} */
  #hop(step) {
    const { caller, callee } = this.facts;
    if (step === 0 || step === 7) return [caller, PROXY];
    if (step === 2 || step === 8) return [PROXY, callee];
    if (step === 1 || step === 4 || step === 6) return [PROXY, caller];
    if (step === 3 || step === 5) return [callee, PROXY];
    const [ending, other] = this.text.callerEnds ? [caller, callee] : [callee, caller];
    if (step === 9) return [ending, PROXY];
    if (step === 10) return [PROXY, other];
    if (step === 11) return [other, PROXY];
    return [PROXY, ending];
  }

  /** Time from step `step` to the next one, µs. @param {number} step */
  #pause(step) {
    const { random } = this.world;
    switch (step) {
      case 2:
        return 2 * this.farUs + random.between(20_000, 250_000);
      case 4:
        return random.between(800_000, 9_000_000);
      case 6:
        return 2 * this.nearUs + random.between(1_000, 20_000);
      case 8:
        return random.between(1_000_000, 12_000_000);
      case 10:
        return 2 * this.farUs + random.between(1_000, 30_000);
      default:
        return random.between(150, 1_800);
    }
  }

  /** Starts both directions. @param {number} time */
  #talk(time) {
    const { world, facts } = this;
    const { random } = world;
    const { callerMedia, calleeMedia, relayToCaller, relayToCallee, payloadType } = facts;
    const hops = relayToCaller ? 2 : 1;
    const half = Math.floor(this.rtpPackets / hops / 2);
    const lossy = random.below(10) === 0 ? 0.004 : 0;
    for (const outward of [true, false]) {
      const from = outward ? callerMedia : calleeMedia;
      const to = outward ? calleeMedia : callerMedia;
      const near = outward ? relayToCallee : relayToCaller;
      const far = outward ? relayToCaller : relayToCallee;
      const ssrc = random.uint32();
      const first = new RtpTemplate(from, near ?? to, payloadType, ssrc);
      const second = far ? new RtpTemplate(far, to, payloadType, ssrc) : null;
      this.talking++;
      const stream = new Stream(world, this, first, second, half, lossy);
      const start = time + random.between(outward ? 1_000 : 200, 30_000);
      stream.sent = start;
      world.schedule.add(start, stream);
    }
  }
}

/** One direction of a call's media; over the relay, each packet is followed by its copy on the other hop. */
class Stream {
  /**
   * @param {World} world @param {Call} call @param {RtpTemplate} first @param {RtpTemplate | null} second
   * @param {number} packets to be written per hop @param {number} loss share of packets lost before the capture
   */
  constructor(world, call, first, second, packets, loss) {
    const { random } = world;
    this.world = world;
    this.call = call;
    this.first = first;
    this.second = second;
    this.left = packets;
    this.loss = loss;
    this.sequence = random.below(65536);
    this.timestamp = random.uint32();
    this.jitterUs = random.between(200, 6_000);
    this.sent = 0;
    this.marker = true;
    this.relaying = false;
  }

  /** @param {number} time @returns {number} */
  step(time) {
    const { world } = this;
    if (this.relaying) {
      this.relaying = false;
      /** @type {RtpTemplate} */ (this.second).write(world.output, time, this.sequence, this.timestamp, this.marker);
      return this.#advance(time);
    }
    this.first.write(world.output, time, this.sequence, this.timestamp, this.marker);
    if (!this.second) return this.#advance(time);
    this.relaying = true;
    return time + world.random.between(40, 260);
  }

  /** On to the next packet. @param {number} time @returns {number} */
  #advance(time) {
    const { random } = this.world;
    if (--this.left === 0) {
      this.call.streamDone(time);
      return -1;
    }
    let steps = 1;
    while (this.loss > 0 && random.unit() < this.loss) steps++;
    this.sequence = (this.sequence + steps) & 0xffff;
    this.timestamp = (this.timestamp + steps * PACKET_SAMPLES) >>> 0;
    this.sent += steps * PACKET_US;
    this.marker = false;
    // Jitter stays well under one packet time, so that neither a stream nor its relayed copy is ever reordered.
    return Math.max(time + 20, this.sent + random.unit() * random.unit() * this.jitterUs);
  }
}
