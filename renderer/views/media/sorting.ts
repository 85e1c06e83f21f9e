import { streamSortNames, type StreamSortName } from '../../../core/contract/streams.ts';
import { useMedia } from '../../state/media.ts';

/** Of what is counted or wrong, the most is looked for; of MOS, the least. */
const mostFirst: ReadonlySet<StreamSortName> = new Set<StreamSortName>([
  'packets',
  'lost',
  'lossPercent',
  'meanJitter',
  'maxJitter',
  'maxDelta',
  'ptime',
  'verdict',
  'duration',
  'bandwidth',
]);

function named(by: string): StreamSortName | null {
  return streamSortNames.find((one) => one === by) ?? null;
}

/** Sorts the list; the other way round where it is sorted by this already. */
export function sortStreamsBy(name: string): void {
  const by = named(name);
  if (by === null) return;
  useMedia.setState(({ sort }) => ({
    sort: { by, descending: sort.by === by ? !sort.descending : mostFirst.has(by) },
  }));
}

export function sortStreamsAs(name: string, descending: boolean): void {
  const by = named(name);
  if (by !== null) useMedia.setState({ sort: { by, descending } });
}
