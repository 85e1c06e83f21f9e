/** What one wants to read of a From or To: the user (or host) of its URI, and the display name. */
export interface Party {
  readonly user: string;
  readonly name: string | null;
}

/** Characters that are looked at; an address of a person is shorter. */
const LONGEST = 500;

/** `"Front desk" <sip:1002@example.com>` → 1002, Front desk. Any text gives something to show. */
export function partyOf(address: string): Party {
  const text = address.slice(0, LONGEST);
  const open = text.lastIndexOf('<');
  const uri = open === -1 ? text : text.slice(open + 1).replace(/>.*$/su, '');
  const rest = uri.trim().replace(/^(?:sips?|tel|im|pres|urn):/iu, '');
  const at = rest.lastIndexOf('@');
  const user = at > 0 ? rest.slice(0, at) : rest.replace(/[;?].*$/su, '');
  const name = open === -1 ? '' : unquoted(text.slice(0, open).trim());
  return { user: user === '' ? text : user, name: name === '' || name === user ? null : name };
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.replaceAll(/^"|"$/gu, '').replaceAll(/\\(.)/gsu, '$1') : text;
}

/** What in a filter stands for the user of a From or To: `from.user == "1002"`, or the whole text where there is no user. */
export function userOf(address: string): string | null {
  const uri = /<([^<>]*)>?[^<>]*$/u.exec(address)?.[1] ?? address;
  const rest = /^\s*(?:sips?|tel):(.*)$/isu.exec(uri)?.[1];
  if (rest === undefined) return null;
  if (/^\s*tel:/iu.test(uri)) return rest.replace(/;.*$/su, '').trim();
  const at = rest.lastIndexOf('@');
  return at > 0 ? rest.slice(0, at).replace(/:.*$/su, '') : null;
}
