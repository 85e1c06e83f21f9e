/**
 * Faults of an XML or HTML fragment that our own writers could make: tags that do not nest, bare `&` and `<`, forbidden
 * characters, attributes without quotes. Not a parser: it knows neither CDATA nor comments, which we never write.
 */
export function markupFaults(text: string, voids: readonly string[] = []): string[] {
  const faults: string[] = [];
  if (/[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u.test(text)) faults.push('forbidden character');
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const between = text.slice(at, next === -1 ? text.length : next);
    const style = open.at(-1) === 'style';
    if (!style && /&(?!(?:amp|lt|gt|quot|#39);)/u.test(between)) faults.push(`bare & in ${between.slice(0, 40)}`);
    if (!style && between.includes('>')) faults.push(`bare > in ${between.slice(0, 40)}`);
    if (next === -1) break;
    const tag =
      /^<(?<close>\/?)(?<name>[!?a-z][a-z0-9]*)(?<rest>(?:\s+[a-z][a-z0-9:-]*="[^"<]*"|\s+html|\?|\/)*)\s*>/iu.exec(
        text.slice(next, next + 5000),
      );
    if (tag?.groups === undefined) return [...faults, `no tag: ${text.slice(next, next + 60)}`];
    const { close = '', name = '', rest = '' } = tag.groups;
    if (close === '/') {
      if (open.pop() !== name) faults.push(`</${name}> closes nothing`);
    } else if (!rest.endsWith('/') && !name.startsWith('?') && !name.startsWith('!') && !voids.includes(name))
      open.push(name);
    at = next + tag[0].length;
  }
  if (open.length > 0) faults.push(`open: ${open.join(' ')}`);
  return faults;
}
