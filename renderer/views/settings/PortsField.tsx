import { useId, useState, type JSX } from 'react';
import { commandNamed } from '../../app/all-commands.ts';
import { useCapture } from '../../state/capture.ts';
import { useSettings } from '../../state/settings.ts';
import { Button } from '../../widgets/Button.tsx';
import { readPorts } from './ports.ts';
import style from './Settings.module.css';

/** Ports where SIP is expected although the content does not show it. Kept as soon as they make sense. */
export function PortsField({ onReopen }: { readonly onReopen: () => void }): JSX.Element {
  const kept = useSettings(({ ports }) => ports);
  const [text, setText] = useState(kept.join(', '));
  const [changed, setChanged] = useState(false);
  const open = useCapture(({ names }) => names.length > 0);
  const told = useId();
  const read = readPorts(text);
  const wrong = typeof read === 'string';
  return (
    <div className={style.setting}>
      <label className={style.label} htmlFor={`${told}-field`}>
        SIP ports
      </label>
      <div className={style.value}>
        <input
          id={`${told}-field`}
          className={[style.field, 'mono'].join(' ')}
          value={text}
          placeholder="none besides what content shows"
          aria-invalid={wrong}
          aria-describedby={told}
          autoComplete="off"
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setText(typed);
            const ports = readPorts(typed);
            if (typeof ports === 'string' || ports.join(' ') === kept.join(' ')) return;
            setChanged(true);
            useSettings.setState({ ports });
          }}
        />
        <p id={told} className={wrong ? style.wrong : style.hint}>
          {wrong
            ? read
            : 'SIP is recognised by content. Name ports where that fails; they hold when a capture is opened.'}
        </p>
        {changed && open && !wrong ? (
          <Button
            onClick={() => {
              onReopen();
              commandNamed('reopen')?.run();
            }}
          >
            Open this capture again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
