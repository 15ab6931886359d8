import { reached, type Figure, type SuiteReport } from '../../app/bench/figure.js';
import { machineFacts, suites, type BenchOptions, type Profile } from '../../app/bench/run-bench.js';
import { SandboxError } from '../../contracts/problems.js';
import { measureUsct } from '../bench/usct-suite.js';
import { freePort } from '../free-port.js';
import { paint } from '../paint.js';
import { hasYoungGeneration, runAgainWithYoungGeneration } from '../young-generation.js';

const QUICK = { workflows: 100, items: 500, requests: 400, households: 10 };
const HOUSEHOLDS = 60;
const NAMES = [...Object.keys(suites), 'usct'] as const;

/** `sandbox bench`: measurements, each with a floor of the same minute; exits 1 when a target is missed. */
export async function bench(
  name: string | undefined,
  options: {
    readonly runs: number;
    readonly profile: Profile;
    readonly quick?: boolean;
    readonly json?: boolean;
  },
): Promise<void> {
  if (name !== undefined && !NAMES.includes(name)) {
    throw new SandboxError('GSB-REQ-002', {
      detail: `There is no suite "${name}" to measure: choose one of ${NAMES.join(', ')}.`,
    });
  }
  // As processes on services are started: see docs/guides/run-on-services.md.
  if (options.profile === 'services' && !hasYoungGeneration()) {
    process.exitCode = await runAgainWithYoungGeneration();
    return;
  }
  const json = options.json === true;
  const tell = (line: string): void => {
    if (!json) process.stdout.write(`${line}\n`);
  };
  const machine = machineFacts();
  tell(`${machine.cores} cores (${machine.processor}), Node.js ${machine.node}, median of ${options.runs}`);
  const plan: BenchOptions = {
    runs: options.runs,
    profile: options.profile,
    redisUrl: process.env['REDIS_URL'],
    mongoUri: process.env['MONGODB_URI'],
    size: options.quick === true ? QUICK : undefined,
    environment: process.env,
    freePort,
    tell: (line) => tell(paint('dim', line)),
  };
  const reports: SuiteReport[] = [];
  for (const suite of name === undefined ? NAMES : [name]) {
    const measured = await measure(suite, plan, options.quick === true);
    reports.push(...measured);
    measured.forEach((report) => show(report, tell));
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine, profile: options.profile, reports })}\n`);
  if (reports.some(({ figures }) => figures.some((one) => reached(one) === false))) process.exitCode = 1;
}

async function measure(suite: string, plan: BenchOptions, quick: boolean): Promise<readonly SuiteReport[]> {
  if (suite !== 'usct') return suites[suite as keyof typeof suites](plan);
  const { REDIS_URL, MONGODB_URI, ...rest } = process.env;
  const services = plan.profile === 'services';
  if (services && REDIS_URL === undefined) {
    return [{ suite, on: 'services profile', figures: [], skipped: 'REDIS_URL is not set' }];
  }
  return [
    await measureUsct({
      runs: plan.runs,
      households: quick ? QUICK.households : HOUSEHOLDS,
      environment: services ? { ...rest, REDIS_URL, MONGODB_URI } : rest,
      setting: services ? 'services profile, the Redis of REDIS_URL' : 'embedded profile',
    }),
  ];
}

function show({ suite, on, figures, skipped }: SuiteReport, tell: (line: string) => void): void {
  tell('');
  tell(`${paint('bold', suite)} ${paint('dim', on)}`);
  if (skipped !== undefined) tell(`  skipped: ${skipped}`);
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  for (const one of figures) {
    tell(
      `  ${one.name.padEnd(width)}  ${number(one.median).padStart(9)} ${one.unit.padEnd(10)} ` +
        `${paint('dim', `${number(one.min)} to ${number(one.max)}`)}${verdict(one)}`,
    );
  }
}

function verdict(one: Figure): string {
  const ok = reached(one);
  if (ok === undefined || one.target === undefined) return '';
  const wanted = 'least' in one.target ? `at least ${one.target.least}` : `at most ${one.target.most}`;
  return ok ? paint('green', `  ✓ ${wanted}`) : paint('red', `  ✗ ${wanted}`);
}

function number(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
