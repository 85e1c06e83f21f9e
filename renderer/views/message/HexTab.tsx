import { ToggleGroup } from 'radix-ui';
import { useState, type JSX } from 'react';
import type { Layer, MessageDetail } from '../../../core/contract/model.ts';
import { headOf, visible } from '../../../core/ladder/visible.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Segmented } from '../../widgets/Segmented.tsx';
import { HexView } from './HexView.tsx';
import style from './HexTab.module.css';
import { keyAt } from './keys.ts';
import { useBytes } from './questions.ts';

/** Layers that are listed; a packet of more is not one. */
const MOST = 64;

/** The bytes of the message, or of the packet that completed it with its layers. */
export function HexTab({ message }: { readonly message: MessageDetail }): JSX.Element {
  const [what, setWhat] = useState<'message' | 'packet'>('message');
  const [pinned, setPinned] = useState<string>('');
  const [over, setOver] = useState<string>('');
  const [at, setAt] = useState<number | null>(null);
  const { value, problem } = useBytes(message.row.row, what);
  const layers = value?.layers.slice(0, MOST) ?? [];
  const chosenLayer = over === '' ? pinned : over;
  const marked = chosenLayer === '' ? null : (layers[Number(chosenLayer)] ?? null);

  return (
    <div className={style.all}>
      <div className={style.bar}>
        <Segmented
          label="Bytes of"
          value={what}
          onChange={(chosen) => {
            setWhat(chosen);
            setPinned('');
            setOver('');
            setAt(null);
          }}
          options={[
            { value: 'message', title: 'Message' },
            { value: 'packet', title: 'Packet' },
          ]}
        />
        {value === null ? null : (
          <span className={style.size}>{`${value.bytes.length.toLocaleString('en')} bytes`}</span>
        )}
      </div>
      {layers.length === 0 ? null : (
        <ToggleGroup.Root
          type="single"
          className={style.layers}
          aria-label="Layers"
          value={pinned}
          onValueChange={(chosen) => {
            setPinned(chosen);
            const layer = chosen === '' ? undefined : layers[Number(chosen)];
            if (layer !== undefined) setAt(layer.at);
          }}
        >
          {layers.map((layer, index) => (
            <ToggleGroup.Item
              key={keyAt(index, layer.name)}
              value={String(index)}
              className={style.layer}
              title={`Bytes ${layer.at} to ${layer.end - 1}`}
              onPointerEnter={() => setOver(String(index))}
              onPointerLeave={() => setOver('')}
            >
              {visible(headOf(layer.name, 60))} <span className={style.size}>{layer.end - layer.at}</span>
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      )}
      {problem === null ? null : <EmptyState severity="bad" title={problem} />}
      {value === null ? null : (
        <>
          <HexView key={`${message.row.row} ${what}`} bytes={value.bytes} marked={marked} at={at} onAt={setAt} />
          <output className={style.told}>
            {at === null ? 'Click a byte, or move over them with the arrow keys.' : told(value.bytes, layers, at)}
            {at === null || what === 'packet' ? null : headerAt(message, at)}
          </output>
        </>
      )}
    </div>
  );
}

/** A byte in words: where, what, whose. */
function told(bytes: Uint8Array, layers: readonly Layer[], at: number): string {
  const byte = bytes[at] ?? 0;
  const character = byte >= 0x20 && byte < 0x7f ? ` “${String.fromCharCode(byte)}”` : '';
  const layer = layers.findLast((one) => at >= one.at && at < one.end);
  const place = layer === undefined ? '' : `, ${visible(headOf(layer.name, 60))} byte ${at - layer.at}`;
  return `Byte ${at} (0x${at.toString(16)}): ${byte} (0x${byte.toString(16).padStart(2, '0')})${character}${place}`;
}

function headerAt({ headers }: MessageDetail, at: number): string {
  const header = headers.find((one) => at >= one.at && at < one.end);
  return header === undefined ? '' : `, header ${visible(headOf(header.canonical, 60))}`;
}
