import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Ports of the two ends on loopback. */
export const CALLER = 15_060;
export const CALLEE = 15_062;
/** A filter for what they say to each other. */
export const TALK = `udp and host 127.0.0.1 and (port ${CALLER} or port ${CALLEE})`;

/** How far a call goes. */
export type Until = 'ringing' | 'answered' | 'busy' | 'ended';

/** Two SIP ends on loopback that really send their messages over UDP. */
export class SipTalk {
  private readonly caller: Socket;
  private readonly callee: Socket;

  private constructor(caller: Socket, callee: Socket) {
    this.caller = caller;
    this.callee = callee;
  }

  static async begin(): Promise<SipTalk> {
    return new SipTalk(await bound(CALLER), await bound(CALLEE));
  }

  /** A call, told by its name from others. */
  async call(name: string, until: Until = 'ended'): Promise<void> {
    await this.ask(name, 'INVITE', 1);
    await this.answer(name, '100 Trying', 'INVITE', 1);
    if (until === 'busy') {
      await this.answer(name, '486 Busy Here', 'INVITE', 1);
      await this.ask(name, 'ACK', 1);
      return;
    }
    await this.answer(name, '180 Ringing', 'INVITE', 1);
    if (until === 'ringing') return;
    await this.answer(name, '200 OK', 'INVITE', 1);
    await this.ask(name, 'ACK', 1);
    if (until === 'ended') await this.end(name);
  }

  /** Ends a call that was answered. */
  async end(name: string): Promise<void> {
    await this.ask(name, 'BYE', 2);
    await this.answer(name, '200 OK', 'BYE', 2);
  }

  close(): void {
    this.caller.close();
    this.callee.close();
  }

  private ask(name: string, method: string, cseq: number): Promise<void> {
    return sent(this.caller, CALLEE, written(`${method} sip:ben@127.0.0.1:${CALLEE} SIP/2.0`, name, method, cseq));
  }

  private answer(name: string, status: string, method: string, cseq: number): Promise<void> {
    return sent(this.callee, CALLER, written(`SIP/2.0 ${status}`, name, method, cseq));
  }
}

function written(start: string, name: string, method: string, cseq: number): string {
  const tag = start.startsWith('INVITE') || start.includes(' 100 ') ? '' : `;tag=to-${name}`;
  const branch = `z9hG4bK-${name}-${cseq}${method === 'ACK' ? '-ack' : ''}`;
  return [
    start,
    `Via: SIP/2.0/UDP 127.0.0.1:${CALLER};branch=${branch}`,
    `From: <sip:${name}@example.org>;tag=from-${name}`,
    `To: <sip:ben@example.org>${tag}`,
    `Call-ID: ${name}@loopback`,
    `CSeq: ${cseq} ${method}`,
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

async function bound(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

function sent(socket: Socket, port: number, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(text, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)));
  });
}
