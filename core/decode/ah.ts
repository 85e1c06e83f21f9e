import { upperLayer } from './extension-headers.ts';
import { stateless } from './protocol.ts';

/** IP Authentication Header (RFC 4302): what it protects is in the clear. In IPv6 it stands among the extension headers. */
export const ah = stateless('ah', { ipProtocol: [51] }, (packet, at, end) => upperLayer(packet, 51, at, end, end));
