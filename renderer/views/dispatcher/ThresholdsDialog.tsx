import { useId, useState, type JSX } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { DispatcherThreshold, DispatcherView } from '../../../core/contract/dispatcher.ts';
import { useDispatcher } from '../../state/dispatcher.ts';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import style from './Dialogs.module.css';
import { readCodes, readThreshold } from './read.ts';

const close = (): void => useDispatcher.setState({ dialog: null });

/** How often is often enough: what is known of the prober's configuration, in place of what the capture shows. */
export function ThresholdsDialog({ view }: { readonly view: DispatcherView | null }): JSX.Element {
  const before = useDispatcher(
    useShallow(({ probingThreshold, inactiveThreshold, goodCodes }) => ({
      probingThreshold,
      inactiveThreshold,
      goodCodes,
    })),
  );
  const [down, setDown] = useState(before.probingThreshold === null ? '' : String(before.probingThreshold));
  const [up, setUp] = useState(before.inactiveThreshold === null ? '' : String(before.inactiveThreshold));
  const [codes, setCodes] = useState(before.goodCodes?.join(', ') ?? '');
  const [prober] = view?.probers ?? [];
  const read = { down: readThreshold(down), up: readThreshold(up), codes: readCodes(codes) };
  const wrong = Object.values(read).some((one) => one === 'wrong');
  const apply = (): void => {
    if (read.down === 'wrong' || read.up === 'wrong' || read.codes === 'wrong') return;
    useDispatcher.setState({
      probingThreshold: read.down,
      inactiveThreshold: read.up,
      goodCodes: read.codes,
      dialog: null,
    });
  };
  return (
    <Dialog
      open
      onClose={close}
      title="Thresholds"
      about="What the prober is configured to. Fields that are empty are learnt from the capture."
      foot={
        <>
          <Button
            onClick={() =>
              useDispatcher.setState({ probingThreshold: null, inactiveThreshold: null, goodCodes: null, dialog: null })
            }
          >
            Learn all
          </Button>
          <Button kind="primary" disabled={wrong} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <Field
          title="Down after failures in a row"
          name="ds_probing_threshold"
          value={down}
          wrong={read.down === 'wrong'}
          known={prober?.probingThreshold}
          onChange={setDown}
        />
        <Field
          title="Up after good answers in a row"
          name="ds_inactive_threshold"
          value={up}
          wrong={read.up === 'wrong'}
          known={prober?.inactiveThreshold}
          onChange={setUp}
        />
        <Field
          title="Good besides 2xx"
          name="ds_ping_reply_codes, as in 404, 501"
          value={codes}
          wrong={read.codes === 'wrong'}
          onChange={setCodes}
        />
        {/* Enter in a field applies. */}
        <button type="submit" hidden aria-label="Apply" />
      </form>
    </Dialog>
  );
}

interface FieldProps {
  readonly title: string;
  readonly name: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly known?: DispatcherThreshold | undefined;
  readonly onChange: (text: string) => void;
}

function Field({ title, name, value, wrong, known, onChange }: FieldProps): JSX.Element {
  const id = useId();
  const told = known === undefined ? name : `${name}. Now ${known.value}, ${known.from}: ${known.why}`;
  return (
    <div className={style.field}>
      <label htmlFor={id} className={style.label}>
        {title}
      </label>
      <input
        id={id}
        className={style.input}
        value={value}
        inputMode="numeric"
        placeholder="learnt"
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={`${id}-told`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-told`} className={wrong ? style.wrong : style.told}>
        {wrong ? 'This is no number that can be meant here.' : told}
      </p>
    </div>
  );
}
