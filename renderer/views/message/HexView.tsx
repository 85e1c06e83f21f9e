import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import type { Layer } from '../../../core/contract/model.ts';
import style from './HexTab.module.css';

const ROW = 18;
/** Pixels that 16 bytes with their offset and their characters take; narrower panes show 8 a row. */
const ROOM_FOR_16 = 560;

export interface HexViewProps {
  readonly bytes: Uint8Array;
  /** Its bytes are marked. */
  readonly marked: Layer | null;
  /** Offset of the byte under the cursor. */
  readonly at: number | null;
  readonly onAt: (at: number) => void;
}

/** Bytes as numbers and characters; only rows that can be seen are there. */
export function HexView({ bytes, marked, at, onAt }: HexViewProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [across, setAcross] = useState(8);
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    const measure = (): void => setAcross(current.clientWidth >= ROOM_FOR_16 ? 16 : 8);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const count = Math.ceil(bytes.length / across);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 400, height: 400 },
  });
  useEffect(() => {
    if (at !== null) rows.scrollToIndex(Math.floor(at / across));
  }, [at, across, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -across,
      ArrowDown: across,
      PageUp: -across * 16,
      PageDown: across * 16,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    // Without a cursor, any key but End puts it on the first byte.
    const next = at === null && step !== Infinity ? 0 : (at ?? 0) + step;
    if (bytes.length > 0) onAt(Math.min(bytes.length - 1, Math.max(0, next)));
  };

  const digits = Math.max(4, (bytes.length - 1).toString(16).length);
  const current = at === null ? -1 : Math.floor(at / across);
  return (
    <div
      ref={scroller}
      className={style.hex}
      role="grid"
      aria-label="Bytes"
      aria-rowcount={count}
      aria-activedescendant={current === -1 ? undefined : `hex-row-${current}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="rowgroup">
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            id={`hex-row-${index}`}
            role="row"
            aria-rowindex={index + 1}
            aria-selected={index === current}
            className={style.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            <span role="rowheader" className={style.offset}>
              {(index * across).toString(16).padStart(digits, '0')}
            </span>
            <Cells bytes={bytes} from={index * across} across={across} marked={marked} at={at} onAt={onAt} hex />
            <Cells bytes={bytes} from={index * across} across={across} marked={marked} at={at} onAt={onAt} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The bytes of one row, as hexadecimal numbers or as characters. */
function Cells({
  bytes,
  from,
  across,
  marked,
  at,
  onAt,
  hex = false,
}: HexViewProps & { readonly from: number; readonly across: number; readonly hex?: boolean }): JSX.Element {
  const end = Math.min(from + across, bytes.length);
  const cells: JSX.Element[] = [];
  for (let place = from; place < end; place++) {
    const byte = bytes[place] ?? 0;
    const inside = marked !== null && place >= marked.at && place < marked.end;
    cells.push(
      <span
        key={place}
        data-at={place}
        className={[inside ? style.marked : '', place === at ? style.at : ''].join(' ')}
      >
        {hex ? byte.toString(16).padStart(2, '0') : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'}
      </span>,
    );
  }
  return (
    // The grid above takes the keys; a click only moves its cursor.
    <span
      role="gridcell"
      tabIndex={-1}
      className={hex ? style.numbers : style.characters}
      onPointerDown={({ target }) => {
        const place = target instanceof HTMLElement ? target.dataset.at : undefined;
        if (place !== undefined) onAt(Number(place));
      }}
    >
      {cells}
    </span>
  );
}
