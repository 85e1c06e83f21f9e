import { Method } from '../messages.ts';
import { firstOf } from '../paths/other-hop.ts';
import { Field } from '../transactions.ts';
import type { Words } from './why-words.ts';

/** Status of who gave up waiting: whether somebody sent CANCEL then is worth a word. */
const GAVE_UP = new Set([408, 480, 504]);

/** What ended a cancelled INVITE. Row + 1 of the CANCEL or BYE, 0 where there is none in the capture. */
export function cancelOf(words: Words): { readonly row: number; readonly byCaller: boolean; readonly bye: boolean } {
  const { tables, verdict } = words;
  const { transactions, messages } = tables;
  const cancel = cancelRow(words);
  if (cancel !== 0 && onOwnHop(words, cancel)) return { row: cancel, byCaller: true, bye: false };
  const invite = transactions.get(verdict.transaction, Field.First) - 1;
  for (let other = verdict.transaction; other !== 0; other = transactions.get(other, Field.Next)) {
    const row = transactions.get(other, Field.First);
    if (transactions.get(other, Field.Method) !== Method.BYE || row > verdict.proof) continue;
    if (messages.fromTag.get(row - 1) === messages.fromTag.get(invite)) return { row, byCaller: true, bye: true };
  }
  return { row: cancel, byCaller: false, bye: false };
}

/** Row + 1 of the first CANCEL for the request that decided, on its own hop or else on any; 0 where there is none before the final response. */
function cancelRow({ tables, verdict }: Words): number {
  const { messages, transactions } = tables;
  const own = transactions.get(verdict.asked || verdict.transaction, Field.Related);
  if (own !== 0 && transactions.get(own, Field.First) <= verdict.proof) return transactions.get(own, Field.First);
  const invite = transactions.get(verdict.transaction, Field.First) - 1;
  for (let other = firstOf(tables, verdict.transaction); other !== 0; other = transactions.get(other, Field.Next)) {
    const row = transactions.get(other, Field.First);
    if (transactions.get(other, Field.Method) !== Method.CANCEL || row > verdict.proof) continue;
    if (
      messages.cseqNumber.get(row - 1) === messages.cseqNumber.get(invite) &&
      messages.fromTag.get(row - 1) === messages.fromTag.get(invite)
    )
      return row;
  }
  return 0;
}

/** Whether a CANCEL came from the sender of the request itself. Some write their own port into one Via and leave it out in the other. */
function onOwnHop({ tables, verdict }: Words, cancel: number): boolean {
  const { messages, transactions } = tables;
  const asked = verdict.asked || verdict.transaction;
  const request = transactions.get(asked, Field.Request);
  if (request === 0) return transactions.of.get(cancel - 1) === transactions.get(asked, Field.Related);
  return (
    messages.src.get(cancel - 1) === messages.src.get(request - 1) &&
    messages.dst.get(cancel - 1) === messages.dst.get(request - 1) &&
    messages.branch.get(cancel - 1) === messages.branch.get(request - 1)
  );
}

/** Who sent CANCEL before the INVITE was refused all the same; '' where nobody did. */
export function cancelBefore(words: Words): string {
  const { tables, verdict, quotes } = words;
  const { transactions } = tables;
  if (transactions.get(verdict.transaction, Field.Method) !== Method.INVITE) return '';
  const row = cancelRow(words);
  if (row === 0) return '';
  if (onOwnHop(words, row))
    return `The caller had sent CANCEL ${words.between(row, verdict.proof)} before (${words.frame(row)})`;
  if (!GAVE_UP.has(verdict.status)) return '';
  const sender = quotes.sender(row - 1);
  return sender === ''
    ? `CANCEL had been sent on another hop (${words.frame(row)})`
    : `${sender} had sent CANCEL to ${quotes.receiver(row - 1)} (${words.frame(row)})`;
}
