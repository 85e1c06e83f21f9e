import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, useId, useRef, useState, type JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import type { LiveShell } from '../../shell/shell.ts';
import { saidBy } from '../../state/asking.ts';
import { useLiveSetup } from '../../state/live-setup.ts';
import { Button } from '../../widgets/Button.tsx';
import style from './BpfField.module.css';
import { ofOneHost, presets } from './presets.ts';

/** Milliseconds without a key after which what is typed is checked. */
const PAUSE_MS = 200;

/** What is known of a packet filter. */
export interface Checked {
  readonly bpf: string;
  /** Null where libpcap takes it. */
  readonly wrong: string | null;
}

/** Asks libpcap for what is typed; null while that is not known. */
export function useChecked(live: LiveShell, bpf: string): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  const text = bpf.trim();
  useEffect(() => {
    if (text === '') return undefined;
    let here = true;
    const check = async (): Promise<void> => {
      try {
        const wrong = await live.checkBpf(text);
        if (here) setChecked({ bpf: text, wrong });
      } catch (error) {
        if (here) setChecked({ bpf: text, wrong: saidBy(error) });
      }
    };
    const soon = setTimeout(() => void check(), PAUSE_MS);
    return () => {
      here = false;
      clearTimeout(soon);
    };
  }, [live, text]);
  if (text === '') return { bpf: '', wrong: null };
  return checked?.bpf === text ? checked : null;
}

/** The packet filter: checked as it is typed, with what most people want a click away. `canCheck`: there is a program that checks it before the start. */
export function BpfField({
  checked,
  canCheck,
  onStart,
}: {
  readonly checked: Checked | null;
  readonly canCheck: boolean;
  readonly onStart: () => void;
}): JSX.Element {
  const bpf = useLiveSetup((state) => state.bpf);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const set = (text: string): void => useLiveSetup.setState({ bpf: text });
  const wrong = checked?.wrong ?? null;
  return (
    <div className={style.bpf}>
      <div className={style.line}>
        <input
          ref={field}
          className={[style.input, 'mono'].join(' ')}
          value={bpf}
          placeholder="everything; a libpcap filter, as in “port 5060”"
          aria-label="Packet filter"
          aria-describedby={id}
          aria-invalid={wrong !== null}
          data-good={bpf.trim() !== '' && checked !== null && wrong === null && canCheck ? true : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onStart();
          }}
        />
        {presets.map(({ title, about, bpf: preset }) => (
          <Button key={title} title={about} aria-pressed={bpf.trim() === preset} onClick={() => set(preset)}>
            {title}
          </Button>
        ))}
        <Button
          title="Only what comes from and goes to one address"
          onClick={() => {
            set(ofOneHost(bpf));
            field.current?.focus();
          }}
        >
          One host…
        </Button>
      </div>
      <p id={id} className={style.told} aria-live="polite">
        <Verdict bpf={bpf} checked={checked} canCheck={canCheck} />
      </p>
    </div>
  );
}

function Verdict({
  bpf,
  checked,
  canCheck,
}: {
  readonly bpf: string;
  readonly checked: Checked | null;
  readonly canCheck: boolean;
}): JSX.Element {
  if (bpf.trim() === '') return <>All packets of the interface are captured; what is no SIP or RTP costs disk only.</>;
  if (!canCheck) return <>Checked when the capture starts: tcpdump, which could check it now, is not installed.</>;
  if (checked === null) return <>Checking …</>;
  if (checked.wrong !== null)
    return (
      <span className={style.bad}>
        <CircleAlert size={13} aria-hidden />
        {bpf.trim().endsWith('host') ? 'Type the address of the host.' : `libpcap says: ${visible(checked.wrong)}`}
      </span>
    );
  return (
    <span className={style.good}>
      <CircleCheck size={13} aria-hidden />
      libpcap takes it.
    </span>
  );
}
