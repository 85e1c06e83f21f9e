import { Transport } from '../decode/packet.ts';
import type { Session } from './session.ts';

const names = Object.fromEntries(Object.entries(Transport).map(([name, number]) => [number, name.toLowerCase()]));

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`, and `;transport=tcp` behind it where it is not UDP. */
export function endText(session: Session, address: number, port: number, transport: number): string {
  const text = session.addresses.text(address);
  const end = text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
  return transport === Transport.UDP ? end : `${end};transport=${names[transport] ?? transport}`;
}
