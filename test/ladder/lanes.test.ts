import { expect, test } from 'vitest';
import type { LadderHost, LadderScene } from '../../core/contract/ladder.ts';
import { buildLadder } from '../../core/ladder/ladder.ts';
import { Dialogue, end, loopback, proxied } from './inputs.ts';

/** Which lanes there are, what they are called, and where they stand, as the user asked for it. */
const titles = ({ lanes }: LadderScene): string[] => lanes.map(({ title }) => title);
const keys = ({ lanes }: LadderScene): string[] => lanes.map(({ key }) => key);

function host(name: string, ...ends: readonly string[]): LadderHost {
  return {
    name,
    role: null,
    ends: ends.map((text) => (text.includes(':') ? end(text) : { address: text, port: null })),
  };
}

const plain = { ...proxied(), hosts: [] };

test('lanes that are named in order stand on the left, the others follow; what is not there is passed over', () => {
  const own = keys(buildLadder(plain));
  expect(own).toEqual(['10.1.0.7', '10.0.0.1', '10.3.0.3']);
  expect(keys(buildLadder(plain, { order: ['10.3.0.3', 'nobody', '10.3.0.3', '10.1.0.7'] }))).toEqual([
    '10.3.0.3',
    '10.1.0.7',
    '10.0.0.1',
  ]);
  expect(keys(buildLadder(plain, { order: ['10.0.0.1'] }))).toEqual(['10.0.0.1', '10.1.0.7', '10.3.0.3']);
  expect(keys(buildLadder(plain, { order: [] }))).toEqual(own);
  expect(keys(buildLadder({ messages: [], calls: [] }, { order: own }))).toEqual([]);
});

test('arrows follow their lanes wherever those stand', () => {
  const names = (scene: LadderScene): string[] =>
    scene.items.flatMap((item) =>
      item.kind === 'arrow' ? [`${scene.lanes[item.from]?.key ?? ''} ${scene.lanes[item.to]?.key ?? ''}`] : [],
    );
  const moved = buildLadder(plain, { order: ['10.3.0.3', '10.0.0.1'] });
  expect(names(moved)).toEqual(names(buildLadder(plain)));
  for (const item of moved.items) {
    if (item.kind !== 'arrow' || item.loop !== null) continue;
    expect(item.x1 < item.x2).toBe((moved.lanes[item.from]?.x ?? 0) < (moved.lanes[item.to]?.x ?? 0));
  }
});

test('a key is the same whatever the lane is called, so that an order outlives a new name', () => {
  const named = buildLadder({ ...plain, hosts: [host('px', '10.0.0.1')] });
  expect(titles(named)).toEqual(['10.1.0.7', 'px', '10.3.0.3']);
  expect(keys(named)).toEqual(keys(buildLadder(plain)));
  expect(keys(buildLadder({ ...plain, hosts: [host('p', '10.0.0.1:5060', '10.3.0.3')] }))).toEqual([
    '10.1.0.7',
    '10.0.0.1:5060',
  ]);
});

test('several ends of one host are one lane; of two hosts that claim an end the one that names its port has it, else the first', () => {
  const dialogue = new Dialogue().call({ callId: 'a' });
  dialogue.say(0, '10.0.0.1:5060', '10.0.0.2:5060', 'OPTIONS').say(1, '10.0.0.1:5080', '10.0.0.3:5060', 'OPTIONS');
  const of = (...hosts: readonly LadderHost[]): string[] => titles(buildLadder(dialogue.input({ hosts })));
  expect(of(host('a', '10.0.0.2', '10.0.0.3'))).toEqual(['10.0.0.1', 'a']);
  expect(of(host('all', '10.0.0.1'), host('one', '10.0.0.1:5080')).toSorted()).toEqual([
    '10.0.0.2',
    '10.0.0.3',
    'all',
    'one',
  ]);
  expect(of(host('first', '10.0.0.1'), host('second', '10.0.0.1', '10.0.0.2')).toSorted()).toEqual([
    '10.0.0.3',
    'first',
    'second',
  ]);
});

test('by port, a name of an address is only a name, and ends named with their ports are one lane', () => {
  const of = (...hosts: readonly LadderHost[]): LadderScene =>
    buildLadder({ ...loopback(), hosts }, { lanes: 'address-port' });
  const ports = keys(of());
  expect(ports.length).toBeGreaterThan(1);
  expect(ports.every((key) => key.startsWith('127.0.0.1:'))).toBe(true);
  expect(keys(of(host('box', '127.0.0.1')))).toEqual(ports);
  expect(titles(of(host('box', '127.0.0.1')))).toEqual(ports.map(() => 'box'));
  expect(titles(of(host('box', ...ports)))).toEqual(['box']);
});

test('CSeq and SDP are left out on request, and leave nothing behind', () => {
  const written = (scene: LadderScene): string[] =>
    scene.items.flatMap((item) => (item.kind === 'arrow' ? [item.beside, item.below?.text ?? ''] : []));
  expect(written(buildLadder(plain)).join(' ')).toMatch(/CSeq .*PCMU/u);
  expect(written(buildLadder(plain, { cseq: false })).join(' ')).not.toContain('CSeq');
  expect(written(buildLadder(plain, { sdp: false })).join(' ')).not.toContain('PCMU');
});
