import { Copy, Eye, EyeOff } from 'lucide-react';
import { useEffect, useState, type JSX } from 'react';
import type { MaskedKey, RevealedKeys, SecurityAssociationRow } from '../../../core/contract/security.ts';
import { problemText } from '../../app/opening.ts';
import { shell } from '../../shell/index.ts';
import { isCancelled } from '../../state/asking.ts';
import { useCapture } from '../../state/capture.ts';
import { notify } from '../../state/view.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import style from './Detail.module.css';
import { Facts, Section } from './Facts.tsx';

/** Keys are shown for so long, milliseconds: a screen is left, or shared, with them on it. */
const SHOWN_MS = 120_000;

/** The keys of an association: masked, and in full for who asks; nothing where none are known. */
export function Secrets({ association }: { readonly association: SecurityAssociationRow }): JSX.Element | null {
  const { id, encryptionKey, authenticationKey } = association;
  const [revealed, setRevealed] = useState<RevealedKeys | null>(null);
  useEffect(() => {
    if (revealed === null) return undefined;
    const timer = setTimeout(() => setRevealed(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [revealed]);
  if (encryptionKey === null && authenticationKey === null) return null;
  const show = async (): Promise<void> => {
    const { client } = useCapture.getState();
    if (client === null) return;
    try {
      setRevealed(await client.ask('revealKey', { association: id }));
    } catch (error) {
      if (!isCancelled(error)) notify(problemText(error), true);
    }
  };
  return (
    <Section title="Keys">
      {revealed === null ? (
        <>
          <Facts
            facts={[
              ['Encryption', encryptionKey === null ? null : maskedText(encryptionKey)],
              ['Authentication', authenticationKey === null ? null : maskedText(authenticationKey)],
            ]}
          />
          <div className={style.buttons}>
            <Button icon={Eye} onClick={() => void show()}>
              Show the keys
            </Button>
          </div>
        </>
      ) : (
        <>
          <Facts
            facts={[
              ['Encryption', secret('encryption key', revealed.encryption)],
              ['Authentication', secret('authentication key', revealed.authentication)],
              ['CK', secret('CK', revealed.ck)],
              ['IK', secret('IK', revealed.ik)],
              ['Wireshark', secret('line for Wireshark', revealed.wireshark)],
            ]}
          />
          <div className={style.buttons}>
            <Button icon={EyeOff} onClick={() => setRevealed(null)}>
              Hide the keys
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

/** `•••••••• 128 bits, #5c872204`. */
export function maskedText({ bits, fingerprint }: MaskedKey): string {
  return `•••••••• ${bits} bits, #${fingerprint}`;
}

function secret(name: string, text: string | null): JSX.Element | null {
  if (text === null || text === '') return null;
  return (
    <span key={name} className={style.secret}>
      <span className={[style.hex, 'mono'].join(' ')}>{text}</span>
      <IconButton label={`Copy the ${name}`} icon={Copy} onClick={() => void copy(name, text)} />
    </span>
  );
}

async function copy(name: string, text: string): Promise<void> {
  try {
    await shell.copyText(text);
    notify(`Copied the ${name}.`);
  } catch (error) {
    notify(problemText(error), true);
  }
}
