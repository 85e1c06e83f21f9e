import type { JSX } from 'react';
import { visible } from '../../core/ladder/visible.ts';
import { shell } from '../shell/index.ts';
import { useLeaving } from '../state/leaving.ts';
import { useLive } from '../state/live.ts';
import { Button } from '../widgets/Button.tsx';
import { Dialog } from '../widgets/Dialog.tsx';

const stay = (): void => useLeaving.setState({ waiting: null });

/** Something would end a capture that runs. */
export function LeavingDialog(): JSX.Element | null {
  const then = useLeaving(({ waiting }) => waiting);
  const name = useLive(({ state }) => state?.name ?? '');
  if (then === null) return null;
  const leave = (): void => {
    stay();
    then();
  };
  return (
    <Dialog
      open
      onClose={stay}
      title="A live capture is running"
      foot={
        <>
          <Button onClick={stay}>Go on capturing</Button>
          <Button kind="danger" onClick={leave}>
            {shell.kind === 'browser' ? 'Leave it' : 'Stop it and go on'}
          </Button>
        </>
      }
    >
      <p>
        {shell.kind === 'browser'
          ? `The capture of ${visible(name)} goes on in the command that began it; this page would no longer show it.`
          : `The capture of ${visible(name)} would end with that. What was captured is kept: it is offered on the first screen and under Live, to be opened or saved.`}
      </p>
    </Dialog>
  );
}
