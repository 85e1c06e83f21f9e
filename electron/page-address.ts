/** Scheme and place of the page in the desktop's windows. */
export const pageScheme = 'app';
export const pageAddress = `${pageScheme}://sipglass/index.html`;

/** Whether `address` is our page; everything else is a stranger. */
export function isOurPage(address: string): boolean {
  // Written out, for `URL` takes the scheme apart differently in different versions of Node.
  return address === pageAddress || address.startsWith(`${pageAddress}#`);
}

/** The file that an address of our scheme names, with a slash in front; null for any other address. */
export function pathAsked(address: string): string | null {
  const [plain = ''] = address.split(/[?#]/u);
  const start = `${pageScheme}://sipglass/`;
  return plain.startsWith(start) ? `/${plain.slice(start.length)}` : null;
}
