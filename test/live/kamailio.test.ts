import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testFolder } from '../capture/folder.ts';
import { cannotCapture } from './rights.ts';
import { freePorts, HERE, missing, startLab } from './peers.ts';
import { holds, watched } from './through-kamailio.ts';

const at = testFolder();
mkdirSync(at('.'), { recursive: true });
/** Here as long as every run of the tests can wait; what is promised is 20. */
const SECONDS = Number(process.env.SIPGLASS_CALL_SECONDS ?? 3);
const RATE = 200;

test.for(['dumpcap', 'tcpdump'] as const)(
  `SIPp through Kamailio at ${RATE} calls/s, captured by %s: every message, in order, none twice`,
  { timeout: 120_000 },
  async (backend, { skip }) => {
    const why = (await cannotCapture(backend)) || (await missing('sipp', 'kamailio'));
    if (why !== '') skip(`needs ${why}`);
    const lab = await startLab(at, null);
    try {
      const bpf = `udp and (port ${lab.caller} or port ${lab.callee})`;
      const seen = await watched({ from: 'interface', interface: 'lo', backend }, at(`files-${backend}`), bpf, () =>
        lab.call(RATE, SECONDS),
      );
      expect(seen.result.caller.length).toBeGreaterThanOrEqual(RATE * SECONDS * 7);
      holds(seen, lab, seen.result);
      expect([seen.dropped, seen.calls]).toEqual([0, RATE * SECONDS]);
    } finally {
      await lab.close();
    }
  },
);

test('the same as Kamailio’s siptrace tells it by HEP', async ({ skip }) => {
  const why = await missing('sipp', 'kamailio');
  if (why !== '') skip(`needs ${why}`);
  const [port = 0] = await freePorts(1);
  const lab = await startLab(at, port);
  try {
    const seen = await watched({ from: 'hep', address: HERE, port }, at('files-hep'), null, () =>
      lab.call(RATE, SECONDS),
    );
    holds(seen, lab, seen.result);
    expect(seen.dropped).toBe(0);
  } finally {
    await lab.close();
  }
}, 120_000);
