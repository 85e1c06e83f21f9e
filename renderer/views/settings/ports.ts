/** `5060, 5080 6060` → ports, each once; a sentence where one is none. */
export function readPorts(text: string): readonly number[] | string {
  const ports = new Set<number>();
  for (const word of text.split(/[\s,;]+/u).filter((one) => one !== '')) {
    const port = /^\d{1,5}$/u.test(word) ? Number(word) : 0;
    if (port < 1 || port > 65_535) return `“${word}” is not a port; ports are numbers from 1 to 65535.`;
    ports.add(port);
  }
  return ports.size > 100 ? 'No more than 100 ports can be named.' : [...ports];
}
