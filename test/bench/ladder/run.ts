/** One run of the bench beside: opens a capture and prints what each step of its ladder took. */
import { decodeFrame, encodeFrame } from '../../../core/contract/frame.ts';
import { OpenCapture } from '../../../core/host/open-capture.ts';
import { guessHosts } from '../../../core/host/ladder/hosts.ts';
import { ladderInput } from '../../../core/host/ladder/ladder-input.ts';
import { Session } from '../../../core/host/session.ts';
import { openInputs } from '../../../core/capture/inputs.ts';
import { buildLadder } from '../../../core/ladder/ladder.ts';
import { indexOf, SceneItems } from '../../../core/ladder/scene-items.ts';
import type { LadderScene } from '../../../core/contract/ladder.ts';

/** What a window asks for first. */
const PART = 200;

const [capture = '', calls = '1', lanes = 'auto'] = process.argv.slice(2);
const session = new Session([capture], await openInputs([capture], { spool: true }), { ports: [], streams: true });
await session.run({ progress: () => undefined, warning: () => undefined });
const open = new OpenCapture(session);
const chosen = Array.from({ length: Number(calls) }, (_, index) => index + 1);

const steps: [string, number][] = [];
/** Processor time, so that it counts less what else the machine does; that of the compiler and of the collector beside is part of it. */
function step<Result>(name: string, work: () => Result): Result {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  steps.push([name, (user + system) / 1000]);
  return result;
}

const input = step('collect', () => ladderInput(session, open.rows, chosen));
const hosts = lanes === 'host' ? step('hosts', () => guessHosts(open, chosen)) : [];
const scene = step('layout', () => buildLadder({ ...input, hosts }, {}));
const answer: LadderScene = { ...scene, items: scene.items.slice(0, PART), index: indexOf(scene.items) };
const bytes = step('encode', () => encodeFrame({ kind: 'result', id: 1, value: answer }));
step('decode', () => {
  const frame = decodeFrame(bytes)?.frame;
  return frame?.kind === 'result' ? new SceneItems(frame.value as LadderScene) : null;
});
const total = steps.reduce((sum, [, ms]) => sum + ms, 0);
const told = steps.map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join('  ');
const size = `${scene.items.length} items, ${scene.lanes.length} lanes, ${(bytes.length / 1000).toFixed(0)} kB to the window`;
process.stdout.write(`${told}  total ${total.toFixed(0)} ms  (${size})\n`);

// What a window that asked for everything would have to take.
const all = step('all', () => decodeFrame(encodeFrame({ kind: 'result', id: 1, value: scene })));
process.stdout.write(
  `  whole scene: encode and decode ${(steps.at(-1)?.[1] ?? 0).toFixed(0)} ms more${all === null ? '?' : ''}\n`,
);
await session.close();
