import type { FaultKind } from './faults.ts';

export const afterGap: FaultKind = {
  protocol: 'tcp',
  code: 'gap',
  text: 'Bytes of a stream are not in the capture; it is read again from the next message on, and a message begun before is left out.',
};
export const connectionEnds: FaultKind = {
  protocol: 'tcp',
  code: 'closed-in-message',
  text: 'A connection was closed before the message sent last was whole; it is left out.',
};
export const captureEnds: FaultKind = {
  protocol: 'tcp',
  code: 'ends-in-message',
  text: 'The capture, or what was kept of a connection, ends before a message was whole; it is left out.',
};
export const limitReached: FaultKind = {
  protocol: 'tcp',
  code: 'limit-reached',
  text: 'More was held back of unfinished messages than there is room for; those that waited longest are left out.',
};
export const tooShort: FaultKind = {
  protocol: 'tcp',
  code: 'too-short',
  text: 'The TCP header is longer than what is left of the packet.',
};
export const badOffset: FaultKind = {
  protocol: 'tcp',
  code: 'bad-data-offset',
  text: 'The data offset says that the TCP header is shorter than 20 bytes.',
};
