/** A key for React, for lists whose entries never move: their place is their identity. */
export function keyAt(place: number, name = ''): string {
  return `${place} ${name}`;
}
