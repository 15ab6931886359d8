import { it } from '@jest/globals';

/** Tests of which each goes on from the one before it: after one that failed, the others do not wait in vain. */
export function createSteps(): (name: string, act: () => Promise<void>) => void {
  let broken = false;
  return (name, act) => {
    it(name, async () => {
      if (broken) throw new Error('A step before this one failed.');
      broken = true;
      await act();
      broken = false;
    });
  };
}
