import { TriangleAlert } from 'lucide-react';
import type { JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { useCalls } from '../../state/calls.ts';
import { useCapture } from '../../state/capture.ts';
import { Button } from '../../widgets/Button.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { countText } from '../words.ts';
import style from './CallKinds.module.css';
import { applyFilter } from './filter-state.ts';
import { hasProblem, withoutProblem, withProblem } from './problem-filter.ts';
import { useProblems } from './use-problems.ts';

const ALL = 'all';
const kinds = [
  { value: ALL, title: 'All' },
  { value: 'INVITE', title: 'Calls' },
  { value: 'REGISTER', title: <Short long="Registrations" short="Reg." /> },
];

/** What is looked for most, a click each: calls without the rest, and those with a problem. */
export function CallKinds(): JSX.Element | null {
  const method = useCalls((state) => state.method);
  const off = useCapture(({ client, phase }) => client === null || phase === 'failed' || phase === 'gone');
  if (off) return null;
  // Another method was chosen elsewhere, in the statistics for example.
  const other = method !== null && kinds.every(({ value }) => value !== method);
  return (
    <div className={style.kinds}>
      <Segmented
        label="Which calls"
        value={method ?? ALL}
        onChange={(value) => useCalls.setState({ method: value === ALL ? null : value })}
        options={other ? [...kinds, { value: method, title: visible(method) }] : kinds}
      />
      <Problems />
    </div>
  );
}

function Problems(): JSX.Element {
  const filter = useCalls((state) => state.filter);
  const found = useProblems();
  const isOn = hasProblem(filter);
  return (
    <Button
      icon={TriangleAlert}
      className={isOn ? style.on : ''}
      aria-pressed={isOn}
      disabled={found === 0 && !isOn}
      title="Only calls that were rejected, failed, timed out, never acknowledged, or challenged without an answer"
      onClick={() => void applyFilter(isOn ? withoutProblem(filter) : withProblem(filter))}
    >
      <Short long="Problems" short="" />
      {found === null ? null : <span className={style.found}>{countText(found)}</span>}
    </Button>
  );
}

/** The long word is always the name; the short one is seen where there is little room. */
function Short({ long, short }: { readonly long: string; readonly short: string }): JSX.Element {
  return (
    <>
      <span className={style.long}>{long}</span>
      {short === '' ? null : (
        <span className={style.short} aria-hidden>
          {short}
        </span>
      )}
    </>
  );
}
