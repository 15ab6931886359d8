/** Small things that a browser remembers; one that refuses to store forgets them. */
export const remembered = {
  read: (name: string): string | undefined => {
    try {
      return window.localStorage.getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write: (name: string, value: string): void => {
    try {
      window.localStorage.setItem(name, value);
    } catch {
      return;
    }
  },
};
