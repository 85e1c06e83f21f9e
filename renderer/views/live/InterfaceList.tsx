import { RadioGroup } from 'radix-ui';
import { useState, type JSX } from 'react';
import { visible } from '../../../core/ladder/visible.ts';
import { bytesText, countOf, countText } from '../../app/words.ts';
import { useLiveSetup } from '../../state/live-setup.ts';
import { Button } from '../../widgets/Button.tsx';
import { Choice } from '../../widgets/Choice.tsx';
import style from './InterfaceList.module.css';
import { Sparkline } from './Sparkline.tsx';
import { POINTS, type Watched } from './use-interfaces.ts';

/** What can be captured from, with what passes there. A second click, or Enter, starts. */
export function InterfaceList({
  all,
  chosen,
  onStart,
}: {
  readonly all: readonly Watched[];
  readonly chosen: string | null;
  readonly onStart: () => void;
}): JSX.Element {
  const [withDown, setWithDown] = useState(false);
  const shown = all.filter(({ up, name }) => up || withDown || name === chosen);
  const down = all.length - shown.length;
  return (
    <>
      <RadioGroup.Root
        className={style.list}
        aria-label="Interface"
        value={chosen}
        onValueChange={(name) => useLiveSetup.setState({ interface: name })}
      >
        {shown.map((one) => (
          <Choice
            key={one.name}
            className={style.row}
            value={one.name}
            aria-label={labelOf(one)}
            onDoubleClick={onStart}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              onStart();
            }}
          >
            <span className={style.mark} aria-hidden />
            <span className={style.name}>{visible(one.name)}</span>
            <span className={style.about} title={[visible(one.about), ...one.addresses].filter(Boolean).join('\n')}>
              {aboutOf(one)}
            </span>
            <Sparkline values={one.bytes} steps={POINTS} width={120} height={20} />
            <span className={style.rate}>{rateOf(one)}</span>
          </Choice>
        ))}
      </RadioGroup.Root>
      {down === 0 ? null : (
        <Button kind="quiet" className={style.more} onClick={() => setWithDown(true)}>
          Show {countOf(down, 'interface')} more that {down === 1 ? 'is' : 'are'} down or of the system’s own
        </Button>
      )}
    </>
  );
}

function aboutOf({ addresses, about, up, loopback }: Watched): string {
  const state = up ? '' : 'down';
  const what = about === '' && loopback ? 'this machine alone' : visible(about);
  return [state, what, addresses.slice(0, 2).join(', ')].filter((word) => word !== '').join(' · ');
}

function rateOf({ bytes, packets, traffic }: Watched): string {
  const [rate, count] = [bytes.at(-1), packets.at(-1)];
  if (traffic === null) return 'not counted';
  return rate === undefined || count === undefined
    ? '…'
    : `${bytesText(Math.round(rate))}/s · ${countText(Math.round(count))} pkt/s`;
}

/** What passes changes each second: a name that changed with it would be read out again and again. */
function labelOf(one: Watched): string {
  return [visible(one.name), aboutOf(one)].filter((word) => word !== '').join(', ');
}
