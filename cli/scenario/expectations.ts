import { isDeepStrictEqual } from 'node:util';
import type { Case } from '../../contracts/case.js';
import type { Exchange } from '../../contracts/exchange.js';
import { type JsonObject, textOf } from '../../contracts/json.js';
import type { Run } from '../../contracts/run.js';
import type { ScenarioStep } from '../../contracts/scenario.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';
import type { ApiClient } from '../api-client.js';

/** Something is not as the scenario says it should be. */
class Unmet extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unmet';
  }
}

type StepOf<K extends ScenarioStep['do']> = Extract<ScenarioStep, { do: K }>;

export function checkCase(found: Case, { state, facts, passed }: StepOf<'expect'>): void {
  if (state !== undefined && found.state !== state)
    throw new Unmet(`case ${found.number} is "${found.state}", not "${state}"`);
  for (const [name, value] of Object.entries(facts ?? {})) {
    if (!isDeepStrictEqual(found.facts[name], value)) {
      throw new Unmet(`fact ${name} is ${JSON.stringify(found.facts[name])}, not ${JSON.stringify(value)}`);
    }
  }
  const states = found.history.map((move) => move.state);
  let from = 0;
  for (const wanted of passed ?? []) {
    const at = states.indexOf(wanted, from);
    if (at < 0) throw new Unmet(`it did not pass "${wanted}" in that order; it passed ${states.join(', ')}`);
    from = at + 1;
  }
}

export async function checkLedger(
  trainer: ApiClient,
  of: Case | undefined,
  step: StepOf<'expect-ledger'>,
): Promise<void> {
  const { entries } = await trainer.get<{ entries: readonly JsonObject[] }>('/ledger');
  const beneficiary = of?.facts['functionalId'];
  if (of !== undefined && typeof beneficiary !== 'string')
    throw new Unmet(`case ${of.number} has no functional ID among its facts`);
  const mine = entries.filter(
    (entry) =>
      (beneficiary === undefined || entry['payeeIdentity'] === beneficiary) &&
      (step.instruction === undefined || textOf(entry['instructionId']).includes(step.instruction)),
  );
  if (mine.length !== step.count) throw new Unmet(`the ledger has ${mine.length} credits, not ${step.count}`);
  const total = mine.reduce((sum, { amount }) => sum + Number(amount), 0);
  if (step.total !== undefined && Math.abs(total - step.total) > 0.005)
    throw new Unmet(`they sum up to ${total}, not ${step.total}`);
}

export async function checkExchanges(
  trainer: ApiClient,
  manifest: UseCaseManifest,
  runs: readonly Run[],
  step: StepOf<'expect-exchanges'>,
): Promise<void> {
  const service = manifest.services[step.service];
  if (service === undefined) throw new Unmet(`the use case has no service ${step.service}`);
  let count = 0;
  for (const { id } of runs) {
    const { exchanges } = await trainer.get<{ exchanges: readonly { exchange: Exchange }[] }>(
      `/runs/${id}/exchanges`,
    );
    count += exchanges.filter(
      ({ exchange }) =>
        exchange.service === `${service.provider}/${service.code}` && exchange.outcome === step.outcome,
    ).length;
  }
  const enough = step.count === undefined ? count >= (step.least ?? 1) : count === step.count;
  if (!enough)
    throw new Unmet(
      `${count} exchanges with ${step.service} were ${step.outcome}, not ${step.count ?? `at least ${step.least ?? 1}`}`,
    );
}

export async function checkMessages(trainer: ApiClient, step: StepOf<'expect-messages'>): Promise<void> {
  const { messages } = await trainer.get<{ messages: readonly JsonObject[] }>(
    `/messages?recipient=${encodeURIComponent(step.to)}`,
  );
  const { contains } = step;
  const meant = messages.filter(
    (message) => contains === undefined || JSON.stringify(message).includes(contains),
  );
  const missed = meant.filter(({ status }) => status === 'notSent' || status === 'bounced');
  const count = meant.length - missed.length;
  if (count === step.count) return;
  const why = missed.map(({ reason }) => `; one did not reach it: ${textOf(reason)}`).join('');
  throw new Unmet(`${count} such messages reached ${step.to}, not ${step.count}${why}`);
}
