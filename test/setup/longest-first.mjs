import Sequencer from '@jest/test-sequencer';

/** On a fresh machine nothing is known of how long files take, and one of these begun last keeps one worker idle for minutes. */
const longest = [
  'scenarios/embedded',
  'e2e/no-english',
  'backup/profiles',
  'e2e/usct-by-hand',
  'e2e/country',
  'e2e/console',
  'e2e/sign-in',
  'crash/seams/seams',
  'crash/killed',
];
const rank = (path) => {
  const found = longest.findIndex((name) => path.replaceAll('\\', '/').includes(`/${name}.`));
  return found === -1 ? longest.length : found;
};

class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one.path) - rank(other.path));
  }
}

export { LongestFirst as default };
