/**
 * The text of the 13 messages of a proxied call, and of the short dialogs. Plain template strings: the engine
 * builds them faster than any table of headers, and what goes over the wire can be read here.
 *
 * @import { Endpoint } from './output.mjs'
 * @import { Random } from './random.mjs'
 */

/** The proxy every message passes. */
export const PROXY_HOST = '10.0.20.10';

const AGENTS = [
  'Yealink SIP-T46U 108.86.0.20',
  'PolycomVVX-VVX_450-UA/6.4.3.1065',
  'Grandstream GXP2170 1.0.11.79',
  'snomD785/10.1.175.16',
  'Asterisk PBX 18.20.0',
  'FreeSWITCH-mod_sofia/1.10.11-release',
  'baresip v3.7.0 (x86_64/Linux)',
  'Cisco-CP8841/12.8.1',
];
const FIRST = ['Anna', 'Ben', 'Clara', 'David', 'Elena', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kira', 'Liam'];
const LAST = [
  'Almeida',
  'Bauer',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haas',
  'Ivanov',
  'Jensen',
  'Kaur',
];

const CODECS =
  'a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:9 G722/8000\r\n' +
  'a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n';

/** A fictitious number (area code and 555-01xx): about 79,000 different ones. @param {Random} random */
export function number(random) {
  return `+1${201 + random.below(789)}55501${random.below(100).toString().padStart(2, '0')}`;
}

/** @param {string} host @param {number} port @param {number} id @param {number} version @param {string} media */
function sdp(host, port, id, version, media) {
  return (
    `v=0\r\no=- ${id} ${version} IN IP4 ${host}\r\ns=-\r\nc=IN IP4 ${host}\r\nt=0 0\r\n` +
    `m=audio ${port} RTP/AVP ${media}a=ptime:20\r\na=sendrecv\r\n`
  );
}

/**
 * What one call's messages are made of.
 * @typedef {object} CallFacts
 * @property {Endpoint} caller @property {Endpoint} proxy @property {Endpoint} callee
 * @property {Endpoint} callerMedia where the caller receives RTP
 * @property {Endpoint} calleeMedia
 * @property {Endpoint | null} relayToCaller the relay's port the caller sends to, when media goes over the proxy
 * @property {Endpoint | null} relayToCallee
 * @property {number} payloadType 0 or 8, the codec the callee chose
 */

/** Writes the messages of one call, in the order of `STEPS`. */
export class CallText {
  /** @param {CallFacts} facts @param {Random} random */
  constructor(facts, random) {
    this.facts = facts;
    const { caller, callee, proxy } = facts;
    const from = number(random);
    const to = number(random);
    const id = random.uint32();
    this.sessionId = id;
    this.answerId = random.uint32();
    this.callId = `${random.hex(16)}@${caller.host}`;
    this.branches = [random.hex(16), random.hex(16), random.hex(16)];
    this.proxyBranch = `z9hG4bK${random.hex(4)}.${random.hex(22)}`;
    this.agent = random.pick(AGENTS);
    this.answerAgent = random.pick(AGENTS);
    this.from = `"${random.pick(FIRST)} ${random.pick(LAST)}" <sip:${from}@example.com>;tag=${random.hex(10)}`;
    this.toUri = `<sip:${to}@example.com>`;
    this.to = `${this.toUri};tag=${random.hex(10)}`;
    this.callerContact = `sip:${from}@${caller.host}:${caller.port}`;
    this.calleeContact = `sip:${to}@${callee.host}:${callee.port}`;
    this.target = `sip:${to}@example.com`;
    this.recordRoute = `Record-Route: <sip:${proxy.host};lr=on>\r\n`;
    this.route = this.recordRoute.slice(7);
    this.cseq = 1 + random.below(30000);
    this.callerEnds = random.below(3) > 0;
  }

  /** @param {number} step index into `STEPS` @returns {string} */
  message(step) {
    const { facts, branches } = this;
    const { callerMedia, calleeMedia, relayToCaller, relayToCallee } = facts;
    const [invite, ack, bye] = branches;
    switch (step) {
      case 0:
        return this.#invite(false, callerMedia);
      case 1:
        return this.#response(100, 'trying -- your call is important to us', invite, 'INVITE', true, null);
      case 2:
        return this.#invite(true, relayToCaller ?? callerMedia);
      case 3:
      case 4:
        return this.#response(180, 'Ringing', invite, 'INVITE', step === 4, null);
      case 5:
        return this.#response(200, 'OK', invite, 'INVITE', false, calleeMedia);
      case 6:
        return this.#response(200, 'OK', invite, 'INVITE', true, relayToCallee ?? calleeMedia);
      case 7:
      case 8:
        return this.#inDialog('ACK', ack, step === 8, true);
      case 9:
      case 10:
        return this.#inDialog('BYE', bye, step === 10, this.callerEnds);
      default:
        return this.#response(200, 'OK', bye, 'BYE', step === 12, null);
    }
  }

  /** @param {boolean} forwarded @param {Endpoint} media */
  #invite(forwarded, media) {
    const body = sdp(media.host, media.port, this.sessionId, forwarded ? 2 : 1, `0 8 9 101\r\n${CODECS}`);
    const { caller } = this.facts;
    const start = forwarded ? this.calleeContact : this.target;
    return (
      `INVITE ${start} SIP/2.0\r\n${forwarded ? this.recordRoute + this.#proxyVia('') : ''}` +
      `${this.#via(caller, 0, forwarded)}Max-Forwards: ${forwarded ? 69 : 70}\r\nFrom: ${this.from}\r\n` +
      `To: ${this.toUri}\r\nCall-ID: ${this.callId}\r\nCSeq: ${this.cseq} INVITE\r\n` +
      `Contact: <${this.callerContact}>\r\nUser-Agent: ${this.agent}\r\n` +
      'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER\r\nSupported: replaces, timer, 100rel, path\r\n' +
      `Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    );
  }

  /**
   * @param {string} method @param {string} branch @param {boolean} forwarded @param {boolean} byCaller
   */
  #inDialog(method, branch, forwarded, byCaller) {
    const { caller, callee } = this.facts;
    const sender = byCaller ? caller : callee;
    return (
      `${method} ${byCaller ? this.calleeContact : this.callerContact} SIP/2.0\r\n` +
      `${forwarded ? this.#proxyVia(method) : ''}${viaLine(sender, branch, forwarded)}` +
      `${forwarded ? '' : this.route}Max-Forwards: ${forwarded ? 69 : 70}\r\n` +
      `From: ${byCaller ? this.from : this.to}\r\nTo: ${byCaller ? this.to : this.from}\r\n` +
      `Call-ID: ${this.callId}\r\nCSeq: ${method === 'ACK' ? this.cseq : this.cseq + 1} ${method}\r\n` +
      `User-Agent: ${byCaller ? this.agent : this.answerAgent}\r\nContent-Length: 0\r\n\r\n`
    );
  }

  /**
   * @param {number} status @param {string} reason @param {string} branch @param {string} method
   * @param {boolean} forwarded true on the hop away from who answered
   * @param {Endpoint | null} media
   */
  #response(status, reason, branch, method, forwarded, media) {
    const { caller, callee } = this.facts;
    const isBye = method === 'BYE';
    const byCaller = isBye ? this.callerEnds : true;
    const body = media ? sdp(media.host, media.port, this.answerId, 1, this.#answer()) : '';
    const contact = byCaller ? this.calleeContact : this.callerContact;
    const type = media ? 'Supported: replaces, timer\r\nContent-Type: application/sdp\r\n' : '';
    const dialog = isBye || status === 100 ? '' : `Contact: <${contact}>\r\n`;
    const agent =
      status === 100 ? 'Server: kamailio (5.8.4 (x86_64/linux))' : `User-Agent: ${this.#agentOf(!byCaller)}`;
    return (
      `SIP/2.0 ${status} ${reason}\r\n${forwarded ? '' : this.#proxyVia(isBye ? 'BYE' : '')}` +
      `${viaLine(byCaller ? caller : callee, branch, true)}${isBye || status === 100 ? '' : this.recordRoute}` +
      `From: ${byCaller ? this.from : this.to}\r\n` +
      `To: ${byCaller ? (status === 100 ? this.toUri : this.to) : this.from}\r\nCall-ID: ${this.callId}\r\n` +
      `CSeq: ${isBye ? this.cseq + 1 : this.cseq} ${method}\r\n${dialog}${agent}\r\n` +
      `${type}Content-Length: ${body.length}\r\n\r\n${body}`
    );
  }

  #answer() {
    const { payloadType } = this.facts;
    return (
      `${payloadType} 101\r\na=rtpmap:${payloadType} ${payloadType === 0 ? 'PCMU' : 'PCMA'}/8000\r\n` +
      'a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n'
    );
  }

  /** @param {boolean} ofCaller */
  #agentOf(ofCaller) {
    return ofCaller ? this.agent : this.answerAgent;
  }

  /** @param {Endpoint} sender @param {number} which @param {boolean} received */
  #via(sender, which, received) {
    return viaLine(sender, this.branches[which], received);
  }

  /** @param {string} method the proxy's branch differs per transaction */
  #proxyVia(method) {
    return `Via: SIP/2.0/UDP ${this.facts.proxy.host};branch=${this.proxyBranch}${method}.0\r\n`;
  }
}

/** @param {Endpoint} sender @param {string} branch @param {boolean} received the next hop has filled in rport */
function viaLine(sender, branch, received) {
  const rport = received ? `rport=${sender.port}` : 'rport';
  return `Via: SIP/2.0/UDP ${sender.host}:${sender.port};branch=z9hG4bK${branch};${rport}\r\n`;
}
