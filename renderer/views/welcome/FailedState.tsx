import { FileX2, FolderOpen, RotateCcw } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { withoutFolders } from '../../app/words.ts';
import { open, problemText } from '../../app/opening.ts';
import { useCapture } from '../../state/capture.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';

/** What went wrong with opening, and what to do about it. */
export function FailedState(): JSX.Element {
  const problem = useCapture((state) => state.problem) ?? 'The capture could not be opened';
  const names = useCapture((state) => state.names);
  return (
    <EmptyState
      icon={FileX2}
      severity="bad"
      title={visible(problemText(withoutFolders(problem, names)))}
      hint={hintFor(problem)}
    >
      <Button kind="primary" icon={FolderOpen} onClick={() => open({ kind: 'dialog' })}>
        Open another…
      </Button>
      {names.length > 0 ? (
        <Button icon={RotateCcw} onClick={() => open({ kind: 'again' })}>
          Try again
        </Button>
      ) : null}
      <Button onClick={() => open({ kind: 'sample' })}>Try the sample</Button>
    </EmptyState>
  );
}

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /not a capture|neither/iu,
    'Captures are written by tcpdump, Wireshark, sngrep and the like (pcap or pcapng, also compressed with gzip, zstd or lz4). Text logs and exports of other programs cannot be read.',
  ],
  [
    /permission/iu,
    'You may not read this file. Captures that were written as root often belong to root: “sudo chown $USER FILE” makes it yours, “sudo chmod a+r FILE” lets everybody read it.',
  ],
  [/no such file|went away|not found/iu, 'It was moved, renamed or removed, or its disk is no longer there.'],
  [/empty/iu, 'The program that captured has not written anything yet, or was ended before it did.'],
  [/directory/iu, 'Open the captures in it; several can be chosen at once.'],
  [
    /unpacked|compress/iu,
    'The compressed file is damaged from the beginning. Copy it once more from where it came from.',
  ],
  [/disk/iu, 'Make some room, and try again.'],
];

function hintFor(problem: string): string {
  return hints.find(([form]) => form.test(problem))?.[1] ?? 'Try again, or open another capture.';
}
