import type { SecurityAssociationRow, SecurityList, SecurityRegistration } from '../../../core/contract/security.ts';

/** A row of the list; its key is the same when the capture was read again with other keys. */
export type SecurityRow =
  | { readonly kind: 'registration'; readonly key: string; readonly registration: SecurityRegistration }
  | { readonly kind: 'others'; readonly key: string; readonly count: number }
  | { readonly kind: 'association'; readonly key: string; readonly association: SecurityAssociationRow };

/** Each registration with its associations below it, then those that none names. */
export function rowsOf({ registrations, associations }: SecurityList): SecurityRow[] {
  const byId = new Map(associations.map((association) => [association.id, association]));
  const rows: SecurityRow[] = [];
  const add = (association: SecurityAssociationRow | undefined): void => {
    if (association !== undefined) rows.push({ kind: 'association', key: keyOf(association), association });
  };
  for (const registration of registrations) {
    const { callId, frame } = registration;
    rows.push({ kind: 'registration', key: `r ${frame} ${callId}`, registration });
    for (const id of registration.associations) add(byId.get(id));
  }
  const others = associations.filter(({ registration }) => registration === null);
  if (others.length > 0) rows.push({ kind: 'others', key: 'others', count: others.length });
  for (const association of others) add(association);
  return rows;
}

/** Of the row of an association. An SPI can be used again, by another registration or for packets that nothing names. */
export function keyOf({ spi, src, dst, frames, registration }: SecurityAssociationRow): string {
  return `a ${spi} ${src} ${dst} ${frames === null ? `r ${registration ?? ''}` : frames[0]}`;
}

/** Where an association stands in the list; -1 where it does not. */
export function placeOf(rows: readonly SecurityRow[], id: number): number {
  return rows.findIndex((row) => row.kind === 'association' && row.association.id === id);
}

/** Associations with packets that nobody could read. */
export function closedOf({ associations }: SecurityList): readonly SecurityAssociationRow[] {
  return associations.filter(({ packets, opened }) => opened < packets);
}
