import type { KeyChange, SecurityList } from '../../../core/contract/security.ts';
import { problemText } from '../../app/opening.ts';
import { countOf } from '../../app/words.ts';
import { useCapture } from '../../state/capture.ts';
import { useSecurity } from '../../state/security.ts';
import { usePathChoice } from '../paths/choice.ts';
import { placeNow, returnTo } from './place.ts';

/**
 * Other keys from now on; what they open is read again, and the user stays where they were. Answers with whether the host
 * took them. What comes of it is said in `said`, in words that hold no key.
 */
export async function changeKeys(change: KeyChange): Promise<boolean> {
  const { client, id } = useCapture.getState();
  if (client === null || useSecurity.getState().busy) return false;
  const isSame = (): boolean => useCapture.getState().id === id;
  useSecurity.setState({ busy: true, said: null });
  try {
    const place = await placeNow(client);
    const { reread } = await client.ask('setKeys', change);
    if (!isSame()) return true;
    if (reread) {
      usePathChoice.setState({ path: null, hop: null });
      await returnTo(client, place);
    }
    const list = await client.ask('securityAssociations', {});
    if (isSame()) useSecurity.setState({ said: outcomeOf(change, list, reread) });
    return true;
  } catch (error) {
    if (isSame()) useSecurity.setState({ said: { text: problemText(error), bad: true } });
    return false;
  } finally {
    if (isSame()) useSecurity.setState(({ changes }) => ({ busy: false, changes: changes + 1 }));
  }
}

/** What came of a change, in a sentence. */
function outcomeOf({ keep = [], add }: KeyChange, { typed }: SecurityList, reread: boolean): SaidOutcome {
  const kept = new Set(keep);
  const news = typed.filter(({ id }) => !kept.has(id));
  if (add === undefined || news.length === 0) {
    return { text: reread ? 'Taken, and the capture was read again.' : 'Taken.', bad: false };
  }
  const [only] = news;
  if (only !== undefined && news.length === 1) return { text: only.reason, bad: only.state === 'wrong' };
  const count = (state: string): number => news.filter((one) => one.state === state).length;
  const wrong = count('wrong');
  const text = `Of ${countOf(news.length, 'key')} ${count('used')} open packets, ${wrong} are wrong, ${count('unused')} have nothing to open.`;
  return { text, bad: wrong > 0 };
}

type SaidOutcome = NonNullable<ReturnType<typeof useSecurity.getState>['said']>;
