import { KeyRound } from 'lucide-react';
import type { JSX } from 'react';
import type { SecurityAssociationRow } from '../../../core/contract/security.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { countText } from '../../app/words.ts';
import { Button } from '../../widgets/Button.tsx';
import { Mark } from '../../widgets/StateMark.tsx';
import { openDraft } from './commands.ts';
import style from './Detail.module.css';
import { Facts } from './Facts.tsx';
import { Origin } from './Origin.tsx';
import { Secrets } from './Secrets.tsx';
import { hostText, icvLook, stateLooks } from './words.ts';

/** All there is to say of one association; its keys masked until they are asked for. */
export function AssociationDetail({ association }: { readonly association: SecurityAssociationRow }): JSX.Element {
  const { spi, state, reason, role, src, sport, dst, dport, mode, encryption, authentication } = association;
  const { keys, packets, opened, replays, frames } = association;
  const { word, severity } = stateLooks[state];
  const icv = icvLook(association);
  return (
    <section className={style.detail} aria-label={`Security association ${visible(spi)}`}>
      <div className={style.head}>
        <h2 className={[style.title, 'mono'].join(' ')}>{visible(spi)}</h2>
        <span className={style.state}>
          <Mark severity={severity}>{word}</Mark>
        </span>
      </div>
      {reason === '' ? null : (
        <p className={[style.why, severity in style ? style[severity] : ''].join(' ')}>{visible(reason)}</p>
      )}
      <Facts
        facts={[
          ['Role', role],
          ['From', hostText(src, sport)],
          ['To', hostText(dst, dport)],
          ['Encryption', encryption],
          ['Authentication', authentication],
          ['Mode', mode],
          ['Key', keys === null ? 'none' : <Origin key="key" origin={keys} />],
          ['Packets', packets === 0 ? 'none seen' : `${countText(opened)} of ${countText(packets)} opened`],
          [
            'ICV',
            icv === null ? null : (
              <Mark key="icv" severity={icv.severity}>
                {icv.word}
              </Mark>
            ),
          ],
          ['Replays', packets === 0 ? null : `${countText(replays)} sequence numbers came again`],
          ['Frames', frames === null ? null : `${countText(frames[0])} to ${countText(frames[1])}`],
        ]}
      />
      {state === 'closed' || state === 'wrong-key' ? (
        <div className={style.buttons}>
          <Button icon={KeyRound} onClick={() => openDraft(draftOf(association))}>
            Type its key…
          </Button>
        </div>
      ) : null}
      <Secrets association={association} />
    </section>
  );
}

/** The line of this association as `--esp` takes it, as far as it is known: its keys are to be written in. */
function draftOf({ src, dst, spi, encryption, authentication }: SecurityAssociationRow): string {
  const [cipher, check] = [encryption, authentication].map((name) => (name === 'unknown' ? '' : name));
  return [src, dst, spi, cipher, '', check, ''].join(',');
}
