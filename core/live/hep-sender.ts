import { createSocket, type Socket } from 'node:dgram';
import { CaptureError } from '../capture/reader.ts';
import { systemWords } from '../capture/system-error.ts';

/** Sends HEP packets to a collector over UDP; what is lost on the way is lost, as with every agent. */
export class HepSender {
  sent = 0;
  /** Packets that the system did not take, and the last reason. */
  failed = 0;
  reason: string | null = null;

  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', (error) => this.refused(error));
  }

  /** Rejects with a CaptureError where the name of the collector is not known. */
  static async open(address: string, port: number): Promise<HepSender> {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.connect(port, address, () => {
          socket.removeListener('error', reject);
          resolve();
        });
      });
    } catch (error) {
      socket.close();
      throw new CaptureError(`${address}: ${systemWords(error)}`);
    }
    return new HepSender(socket);
  }

  send(bytes: Uint8Array): void {
    this.socket.send(bytes, (error) => {
      if (error === null) this.sent += 1;
      else this.refused(error);
    });
  }

  private refused(error: Error): void {
    this.failed += 1;
    this.reason = systemWords(error);
  }

  /** What was handed over is sent first. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.socket.close(resolve);
    });
  }
}
