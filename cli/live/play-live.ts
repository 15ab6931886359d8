import { paint } from '../paint.js';
import type { Scenario, ScenarioStep } from '../../contracts/scenario.js';
import type { UseCase } from '../../app/project.js';
import { pause } from '../real-clock.js';
import { playScenario, type PlayOptions } from '../scenario/play.js';
import type { Session } from '../session.js';
import { createNarrator, sentencesIn } from './narrator.js';

export interface LiveOptions {
  readonly session: Session;
  readonly useCase: UseCase;
  readonly scenario: Scenario;
  readonly trainer: string;
  /** The sandbox goes on afterwards: then it says where to look. */
  readonly stays?: boolean;
  readonly write: (line: string) => void;
  readonly unchecked?: PlayOptions['unchecked'];
}

export interface LiveResult {
  readonly seconds: number;
  readonly steps: number;
  readonly exchanges: number;
  readonly tasks: number;
  readonly blocks: readonly string[];
  readonly cases: Readonly<Record<string, string>>;
}

/** Plays a scenario and tells it in the terminal while it happens; then a summary and where to look. */
export async function playLive({
  session,
  useCase,
  scenario,
  trainer,
  stays = false,
  write,
  unchecked,
}: LiveOptions): Promise<LiveResult> {
  const begun = performance.now();
  const narrator = createNarrator({ sentences: sentencesIn(useCase.locales['en']), write });
  const abort = new AbortController();
  const stream = await session.as(trainer).stream('/stream', abort.signal);
  const following = narrator.follow(stream).catch(() => undefined);
  const personas = new Map(useCase.personas.map((persona) => [persona.id, persona.name]));
  write(`\n${paint('bold', scenario.title)}\n${paint('gray', scenario.summary)}\n`);
  try {
    const cases = await playScenario({
      scenario,
      manifest: useCase.manifest,
      as: (persona) => session.as(persona),
      trainer,
      pause,
      now: () => performance.now(),
      occasion: String(Date.now()),
      unchecked,
      onStep: (step, index) =>
        write(`${paint('bold', `${String(index + 1).padStart(2)}. ${step.say}`)}${actor(step, personas)}`),
    });
    await pause(150);
    const { figures } = narrator;
    const result: LiveResult = {
      seconds: Math.round((performance.now() - begun) / 100) / 10,
      steps: figures.steps,
      exchanges: figures.exchanges,
      tasks: figures.tasks,
      blocks: [...figures.blocks].sort(),
      cases: Object.fromEntries([...cases].map(([name, found]) => [name, found.id])),
    };
    summarize(session, result, stays, write);
    return result;
  } finally {
    abort.abort();
    await following;
  }
}

function actor(step: ScenarioStep, names: ReadonlyMap<string, string>): string {
  return 'as' in step ? paint('gray', `  (${names.get(step.as) ?? step.as})`) : '';
}

function summarize(
  session: Session,
  result: LiveResult,
  stays: boolean,
  write: (line: string) => void,
): void {
  const { publicUrl } = session.sandbox;
  const [firstCase] = Object.values(result.cases);
  write(
    `\n${paint(['bold', 'green'], 'Done.')} ${result.steps} steps, ${result.exchanges} calls through the mediator to ${result.blocks.length} building blocks, ${result.tasks} tasks for people, ${result.seconds} s.`,
  );
  if (stays) {
    write(`  Console    ${paint('cyan', publicUrl)}`);
    if (firstCase !== undefined) write(`  This case  ${paint('cyan', `${publicUrl}/cases/${firstCase}`)}`);
    write(`  API docs   ${paint('cyan', `${publicUrl}/api/docs`)}`);
  }
  write(paint('gray', '  Training, not real: no person, account or payment here exists.'));
}
