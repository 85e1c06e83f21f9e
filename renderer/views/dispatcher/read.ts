/** A threshold that was typed: null for none (it is learnt), `wrong` for what is none. */
export function readThreshold(text: string): number | null | 'wrong' {
  const word = text.trim();
  if (word === '') return null;
  const value = /^\d{1,4}$/u.test(word) ? Number(word) : 0;
  return value >= 1 && value <= 1000 ? value : 'wrong';
}

/** Status codes that were typed, apart by commas or blanks. */
export function readCodes(text: string): readonly number[] | null | 'wrong' {
  const words = text.split(/[\s,;]+/u).filter((word) => word !== '');
  if (words.length === 0) return null;
  const codes = words.map((word) => (/^[1-9]\d\d$/u.test(word) ? Number(word) : 0));
  return codes.includes(0) || codes.length > 100 ? 'wrong' : [...new Set(codes)];
}
