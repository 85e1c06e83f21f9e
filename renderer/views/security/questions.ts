import type { SecurityAssociationRow, SecurityList } from '../../../core/contract/security.ts';
import type { MessageRow } from '../../../core/contract/model.ts';
import { useSecurity } from '../../state/security.ts';
import { useAnswer, type Answer } from '../message/answer.ts';

/** Registrations, associations and typed keys; the host answers when all was read. Nothing is asked where it is not wanted. */
export function useSecurityList(wanted = true): Answer<SecurityList> {
  const changes = useSecurity((state) => state.changes);
  return useAnswer(wanted ? `security ${changes}` : null, (client, signal) =>
    client.ask('securityAssociations', {}, { signal }),
  );
}

/** The association that a message came in; null where the list does not tell. Inside a tunnel addresses are others than outside. */
export function associationOf(list: SecurityList, row: MessageRow): SecurityAssociationRow | null {
  const named = list.associations.filter(({ spi }) => spi === row.protection?.spi);
  return named.find(({ src, dst }) => src === row.src && dst === row.dst) ?? named[0] ?? null;
}
