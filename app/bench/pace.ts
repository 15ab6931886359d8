/** Runs `work` so many times, so many at once; answers the seconds that it took in all. */
export async function paced(times: number, atOnce: number, work: () => Promise<void>): Promise<number> {
  let left = times;
  const begun = performance.now();
  const hand = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
  return (performance.now() - begun) / 1000;
}
