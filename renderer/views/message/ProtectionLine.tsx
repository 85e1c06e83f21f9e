import { LockOpen } from 'lucide-react';
import type { JSX } from 'react';
import type { SecurityList } from '../../../core/contract/security.ts';
import type { MessageRow, Protection } from '../../../core/contract/model.ts';
import { protectionWords } from '../../../core/ladder/protection-words.ts';
import { visible } from '../../../core/ladder/visible.ts';
import { showAssociation } from '../security/commands.ts';
import { Origin } from '../security/Origin.tsx';
import { associationOf } from '../security/questions.ts';
import style from './ProtectionLine.module.css';

interface ProtectionLineProps {
  readonly row: MessageRow;
  readonly protection: Protection;
  /** Null while it is on its way. */
  readonly list: SecurityList | null;
}

/** How the message came out of ESP: the verdict on its ICV, which association, which algorithms, and whose key. */
export function ProtectionLine({ row, protection, list }: ProtectionLineProps): JSX.Element {
  const { spi, encryption, authentication, icv } = protection;
  const association = list === null ? null : associationOf(list, row);
  const origin = association?.keys ?? null;
  return (
    <p className={style.line}>
      <span className={[style.verdict, style[icv]].join(' ')}>
        <LockOpen size={13} aria-hidden />
        {protectionWords(protection)}
      </span>
      <span>
        SPI{' '}
        {association === null ? (
          <span className="mono">{visible(spi)}</span>
        ) : (
          <button
            type="button"
            className={[style.go, 'mono'].join(' ')}
            title="Show the security association"
            onClick={() => showAssociation(association)}
          >
            {visible(spi)}
          </button>
        )}
      </span>
      <span>{visible(`${authentication}, ${encryption}`)}</span>
      {origin === null ? null : (
        <span>
          key: <Origin origin={origin} />
        </span>
      )}
    </p>
  );
}
