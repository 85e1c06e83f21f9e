import { expect, test } from 'vitest';
import { mermaid } from '../../core/export/mermaid.ts';
import { plantuml } from '../../core/export/plantuml.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { Dialogue, looping, threeCalls } from '../ladder/inputs.ts';

const why = `${'The proxy went on sending the 200 until it gave up, '.repeat(5)}behind the ACK in frame 2117.`;

function answered(): Dialogue {
  return new Dialogue()
    .call({ callId: 'whole-1@lab', from: 'sip:a@lab', to: 'sip:b@lab', state: 'unacknowledged', why })
    .say(0, '10.0.0.1:5060', '10.0.0.2:5080', 'INVITE', { sdp: 'PCMA' })
    .say(1504, '10.0.0.2:5080', '10.0.0.1:5060', '200 OK');
}

test.each([
  ['Mermaid', mermaid, '<br/>', '#35;6', /L2->>L1: #35;6 · 1\.504 s · 200 OK CSeq 1 INVITE$/mu],
  [
    'PlantUML',
    plantuml,
    String.raw`\n`,
    '<U+0023>6',
    /L2 -\[#\w+\]> L1 : <U\+0023>6 · 1\.504 s · 200 OK CSeq 1 INVITE$/mu,
  ],
] as const)('%s holds the whole verdict and what leads back to the capture', (_name, write, lineEnd, frame, arrow) => {
  const out = write(buildLadder(answered().input({ source: '/home/x/lab.pcap' })));
  expect(out.replaceAll(lineEnd, ' ')).toContain(why);
  // Broken at words, in lines that do not make the picture wider than it has to be.
  for (const line of out.split('\n').flatMap((statement) => statement.split(lineEnd)))
    expect(line.length).toBeLessThan(100);
  expect(out).toMatch(arrow);
  expect(out).toContain(frame);
  expect(out).toContain(`10.0.0.2${lineEnd}port 5080${lineEnd}callee`);
  for (const fact of ['Call-ID whole-1@lab', 'lab.pcap']) expect(out).toContain(fact);
  expect(out).not.toContain('/home');
  expect(out).not.toContain('…');
});

test('with several calls each names its Call-ID', () => {
  for (const out of [mermaid(buildLadder(threeCalls())), plantuml(buildLadder(threeCalls()))])
    for (const id of ['one', 'two', 'three']) expect(out).toContain(`Call-ID ${id}`);
});

test('every message of a loop is there', () => {
  const scene = buildLadder(looping());
  for (const out of [mermaid(scene), plantuml(scene)])
    expect(out.match(/^ *L\d.*L\d ?:/gmu)).toHaveLength(looping().messages.length);
});
