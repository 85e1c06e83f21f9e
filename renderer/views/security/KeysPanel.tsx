import type { JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { useSecurity } from '../../state/security.ts';
import { Spinner } from '../../widgets/Progress.tsx';
import { changeKeys } from './change-keys.ts';
import style from './Keys.module.css';
import { PairForm } from './PairForm.tsx';
import { TextForm } from './TextForm.tsx';
import { TypedList } from './TypedList.tsx';

/** Keys that the user knows: what was typed and what became of it, IK and CK of a subscriber, and texts that hold keys. */
export function KeysPanel({ list }: { readonly list: SecurityList | null }): JSX.Element {
  const { busy, said, subscriber, draft } = useSecurity();
  const typed = list?.typed ?? [];
  const subscribers = [...new Set(list?.registrations.flatMap(({ impi, impu }) => impi ?? impu ?? []))];
  return (
    <section className={style.panel} aria-label="Keys">
      <div className={style.live} aria-live="polite">
        {busy ? (
          <p className={style.busy}>
            <Spinner label="Reading the capture again" /> Reading the capture again with these keys …
          </p>
        ) : said === null ? null : (
          <p className={[style.said, said.bad ? style.bad : ''].join(' ')} role={said.bad ? 'alert' : 'status'}>
            {visible(said.text)}
          </p>
        )}
      </div>
      {typed.length === 0 ? null : <TypedList typed={typed} />}
      <PairForm key={`pair ${subscriber}`} first={subscriber} subscribers={subscribers} keep={idsOf(list)} />
      <TextForm key={`text ${draft}`} first={draft} keep={idsOf(list)} />
      <label className={style.choice}>
        <input
          type="checkbox"
          checked={list?.autoKeys ?? true}
          disabled={busy || list === null}
          onChange={(event) => void changeKeys({ keep: idsOf(list), auto: event.currentTarget.checked })}
        />
        Also take keys that the capture holds
      </label>
      <p className={style.note}>
        Typed keys hold while this capture is open. They are written nowhere: not to the settings, the recent files, or
        any export.
      </p>
    </section>
  );
}

function idsOf(list: SecurityList | null): readonly number[] {
  return list?.typed.map(({ id }) => id) ?? [];
}
