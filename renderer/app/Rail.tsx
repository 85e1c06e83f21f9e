import { useRef, type JSX, type KeyboardEvent } from 'react';
import { useView } from '../state/view.ts';
import { Tooltip } from '../widgets/Tooltip.tsx';
import style from './Rail.module.css';
import { screens, type Screen } from './screens.ts';

/** The screens, from top to bottom. Arrows move within; those that are not built yet say so. */
export function Rail(): JSX.Element {
  const current = useView(({ screen }) => screen);
  const rail = useRef<HTMLElement>(null);
  const move = (event: KeyboardEvent): void => {
    const places = [...(rail.current?.querySelectorAll('button') ?? [])];
    const at = places.findIndex((place) => place.matches(':focus'));
    const last = places.length - 1;
    const next = new Map([
      ['ArrowDown', at === last ? 0 : at + 1],
      ['ArrowUp', at === 0 ? last : at - 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (next === undefined) return;
    event.preventDefault();
    places[next]?.focus();
  };
  return (
    <nav ref={rail} className={style.rail} aria-label="Screens">
      {screens.map((screen) => (
        <Place key={screen.title} screen={screen} current={screen.screen?.name === current} onMove={move} />
      ))}
    </nav>
  );
}

function Place({
  screen: { title, icon: Icon, screen },
  current,
  onMove,
}: {
  readonly screen: Screen;
  readonly current: boolean;
  readonly onMove: (event: KeyboardEvent) => void;
}): JSX.Element {
  return (
    <Tooltip text={screen === null ? `${title}: not built yet` : title} side="right">
      <button
        type="button"
        className={style.place}
        aria-label={title}
        aria-current={current ? 'page' : undefined}
        aria-disabled={screen === null}
        // One stop of the Tab key for all of the rail.
        tabIndex={current ? 0 : -1}
        onKeyDown={onMove}
        onClick={() => {
          if (screen !== null) useView.setState({ screen: screen.name });
        }}
      >
        <Icon size={20} />
      </button>
    </Tooltip>
  );
}
