import type { LiveBackend, LiveState } from '../../../core/contract/live.ts';
import { countText } from '../../app/words.ts';

const by: Readonly<Record<LiveBackend, string>> = {
  dumpcap: 'by dumpcap',
  tcpdump: 'by tcpdump',
  cap: 'by the built-in capture',
  ssh: 'over ssh',
  hep: 'sent as HEP',
};

/** `running, by dumpcap` */
export function stateText({ state, backend }: Pick<LiveState, 'state' | 'backend'>): string {
  switch (state) {
    case 'starting':
      return `starting, ${by[backend]}`;
    case 'running':
      return `running, ${by[backend]}`;
    case 'stopped':
      return 'stopped';
    default:
      return 'ended by a failure';
  }
}

/** What was dropped, or when that will be known. */
export function droppedText({ state, dropped, backend }: Pick<LiveState, 'state' | 'dropped' | 'backend'>): string {
  if (dropped !== null) return countText(dropped);
  if (state !== 'starting' && state !== 'running') return 'not told';
  return backend === 'cap' ? 'not counted' : 'told at the end';
}

/** Why a capture failed, without the commands that stand beside it. */
export function withoutCommand(problem: string, commands: readonly string[]): string {
  return commands.length === 0 ? problem : (problem.split(' – ', 1)[0] ?? problem);
}
