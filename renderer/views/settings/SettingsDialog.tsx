import { useState, type JSX } from 'react';
import { useCapture } from '../../state/capture.ts';
import { resetSettings, useSettings } from '../../state/settings.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { HostNames } from './HostNames.tsx';
import { PortsField } from './PortsField.tsx';
import style from './Settings.module.css';

const close = (): void => useView.setState({ dialog: null });

/** What holds for all captures. All takes effect at once but the ports. */
export function SettingsDialog(): JSX.Element {
  const { theme, times } = useSettings();
  const open = useCapture(({ progress }) => progress !== null);
  return (
    <Dialog
      open
      onClose={close}
      title="Settings"
      kind="wide"
      foot={
        <>
          <Reset />
          <Button kind="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <div className={style.setting}>
        <span className={style.label}>Theme</span>
        <div className={style.value}>
          <Segmented
            label="Theme"
            value={theme}
            onChange={(value) => useSettings.setState({ theme: value })}
            options={[
              { value: 'system', title: 'As the system' },
              { value: 'light', title: 'Light' },
              { value: 'dark', title: 'Dark' },
            ]}
          />
        </div>
      </div>
      <div className={style.setting}>
        <span className={style.label}>Times</span>
        <div className={style.value}>
          <Segmented
            label="Times"
            value={times}
            onChange={(value) => useSettings.setState({ times: value })}
            options={[
              { value: 'local', title: 'Time of day' },
              { value: 'utc', title: 'UTC' },
              { value: 'date', title: 'With date' },
              { value: 'relative', title: 'Since the start' },
              { value: 'epoch', title: 'Since 1970' },
            ]}
          />
          <p className={style.hint}>{timesHint[times]}</p>
        </div>
      </div>
      <PortsField key={String(open)} onReopen={close} />
      <div className={style.setting}>
        <span className={style.label}>Columns</span>
        <div className={style.value}>
          <Button
            disabled={!open}
            onClick={() => useView.setState({ dialog: 'columns', screen: 'calls', ladderOnly: false })}
          >
            Choose columns…
          </Button>
          <p className={style.hint}>
            {open ? 'Of the list of calls, any SIP header among them.' : 'Once a capture is open.'}
          </p>
        </div>
      </div>
      <div className={style.setting}>
        <span className={style.label}>Names of hosts</span>
        <div className={style.value}>
          <HostNames />
          <p className={style.hint}>Several addresses of one name are one lane of the ladder.</p>
        </div>
      </div>
    </Dialog>
  );
}

/** Taste that goes can't be had back: it asks once more. */
function Reset(): JSX.Element {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button kind="danger" className={style.reset} onClick={() => setAsking(true)}>
        Reset all but names
      </Button>
    );
  return (
    <div className={[style.reset, style.sure].join(' ')} role="group" aria-label="Reset">
      <span role="alert">Theme, times, columns and ports go back to what they were at first.</span>
      <Button
        kind="danger"
        onClick={() => {
          resetSettings();
          setAsking(false);
        }}
      >
        Reset
      </Button>
      {/* The button that was pressed is gone: the harmless one has the focus. */}
      <Button ref={focused} onClick={() => setAsking(false)}>
        Keep
      </Button>
    </div>
  );
}

function focused(element: HTMLElement | null): void {
  element?.focus();
}

const timesHint = {
  local: 'As your clock had it: 14:03:21.998',
  utc: 'As clocks at longitude 0 had it: 04:03:21.998',
  date: 'With the day, as your clock had it: 2026-05-01 14:03:21.998',
  relative: 'Seconds since the first packet of the capture: 201.998',
  epoch: 'Seconds since 1970, UTC: 1777608201.998',
} as const;
