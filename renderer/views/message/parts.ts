/** Values of headers in parts, for reading: as far as they follow the grammar of RFC 3261 25.1, and no further. */

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Longer values are shown as they are. */
const LONGEST = 4000;
/** Elements of a list that are taken apart. */
const MOST = 40;

const addresses = new Set([
  'From',
  'To',
  'Contact',
  'Route',
  'Record-Route',
  'Path',
  'Service-Route',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'P-Associated-URI',
  'P-Called-Party-ID',
  'Remote-Party-ID',
  'Diversion',
  'History-Info',
  'Refer-To',
  'Referred-By',
  'Reply-To',
]);
const credentials = new Set(['Authorization', 'Proxy-Authorization', 'WWW-Authenticate', 'Proxy-Authenticate']);
const withParameters = new Set([
  'Content-Type',
  'Content-Disposition',
  'Event',
  'Reason',
  'Session-Expires',
  'Subscription-State',
  'Retry-After',
  'Replaces',
  'Security-Client',
  'Security-Server',
  'Security-Verify',
  'P-Access-Network-Info',
  'P-Charging-Vector',
]);

/** The parts of a header's value, a list for each of its elements; none where there is nothing to take apart. */
export function partsOf(canonical: string, value: string): Fact[][] {
  if (value.length > LONGEST) return [];
  if (canonical === 'CSeq') return sequence(value);
  if (credentials.has(canonical)) return [authentication(value)];
  const one =
    canonical === 'Via' ? via : addresses.has(canonical) ? address : withParameters.has(canonical) ? valueOf : null;
  if (one === null) return [];
  return outside(value, ',')
    .slice(0, MOST)
    .map((element) => one(element))
    .filter((facts) => facts.length > 0);
}

function via(element: string): Fact[] {
  const [sent = '', ...parameters] = outside(element, ';');
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*(\S+)\s+(\S.*)$/iu.exec(sent.trim());
  if (match === null) return [];
  return [fact('transport', match[1]), fact('sent by', match[2]), ...parameters.flatMap(parameter)];
}

function address(element: string): Fact[] {
  const text = element.trim();
  const match = /^(?:"((?:[^"\\]|\\.)*)"|([^<"]*))\s*<([^>]*)>(.*)$/su.exec(text);
  if (match === null) {
    const [uri = '', ...parameters] = outside(text, ';');
    return /^[a-z][a-z0-9+.-]*:/iu.test(uri) ? [fact('URI', uri), ...parameters.flatMap(parameter)] : [];
  }
  const name = (match[1]?.replaceAll(/\\(.)/gsu, '$1') ?? match[2] ?? '').trim();
  const [, ...parameters] = outside(match[4] ?? '', ';');
  return [...(name === '' ? [] : [fact('name', name)]), fact('URI', match[3]), ...parameters.flatMap(parameter)];
}

function valueOf(element: string): Fact[] {
  const [value = '', ...parameters] = outside(element, ';');
  return parameters.length === 0 ? [] : [fact('value', value), ...parameters.flatMap(parameter)];
}

function authentication(value: string): Fact[] {
  const match = /^\s*(\S+)\s+(.*)$/su.exec(value);
  if (match === null) return [];
  return [fact('scheme', match[1]), ...outside(match[2] ?? '', ',').flatMap(parameter)];
}

function sequence(value: string): Fact[][] {
  const match = /^(\d+)\s+(\S+)$/u.exec(value.trim());
  return match === null ? [] : [[fact('number', match[1]), fact('method', match[2])]];
}

function parameter(text: string): Fact[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const equals = trimmed.indexOf('=');
  if (equals === -1) return [{ name: trimmed, value: '' }];
  return [fact(trimmed.slice(0, equals), trimmed.slice(equals + 1).replace(/^\s*"(.*)"$/su, '$1'))];
}

function fact(name: string, value: string | undefined): Fact {
  return { name: name.trim(), value: (value ?? '').trim() };
}

/** `text` cut at each `separator` that stands neither in a quoted string nor between angle brackets. */
export function outside(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let quoted = false;
  let angle = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') angle = true;
    else if (character === '>') angle = false;
    else if (character === separator && !angle) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
