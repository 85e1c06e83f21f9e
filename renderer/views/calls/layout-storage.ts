/** Where the sizes of panes are kept. A browser that keeps nothing has those from the beginning. */
export const layoutStorage = {
  getItem(name: string): string | null {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  setItem(name: string, value: string): void {
    try {
      localStorage.setItem(name, value);
    } catch {
      // Forbidden or full: `useSettings` has told the user.
    }
  },
};
