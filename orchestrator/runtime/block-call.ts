import type { WorkspaceId } from '../../contracts/ids.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import { isJsonObject } from '../../contracts/json.js';
import type { CallOrigin } from '../../contracts/block.js';
import { correlationHeaders } from '../../contracts/correlation.js';
import { SandboxError } from '../../contracts/problems.js';
import { isStoreUnavailable } from '../../contracts/store-unavailable.js';
import { effectKey, pointerOf, standardError, type EngineDeps } from '../engine/index.js';
import type { CallEffect, EffectOrigin, EffectOutcome } from '../../contracts/catalog-function.js';
import type { UnclearQuestion } from '../../contracts/workflow.js';

/** Calls building blocks through the mediator; handed in by the composition root. */
export interface BlockCalls {
  call(workspace: WorkspaceId, useCase: string, call: BlockCallRequest): Promise<BlockCallAnswer>;
}

export interface BlockCallRequest {
  readonly alias: string;
  readonly operationId: string;
  readonly parameters: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: CallOrigin;
}

export type BlockCallAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Json;
      readonly request: { readonly method: string; readonly uri: string };
    }
  /** No answer came. `beforeEffect` is true when the request certainly had no effect. */
  | { readonly kind: 'lost'; readonly beforeEffect: boolean; readonly reason: string }
  /** It answered with success, but outside its contract: nobody knows what it did. */
  | { readonly kind: 'malformed'; readonly reason: string };

interface OpenApiArguments {
  readonly alias: string;
  readonly operationId: string;
  readonly parameters: JsonObject;
  readonly output: 'raw' | 'content' | 'response';
}

export function createOpenApiPerformer(
  blocks: BlockCalls,
  engine: EngineDeps,
  idempotencyKey: (run: string, key: string) => string,
): (effect: CallEffect, origin: EffectOrigin) => Promise<EffectOutcome> {
  const perform = async (effect: CallEffect, origin: EffectOrigin): Promise<EffectOutcome> => {
    const args = argumentsOf(effect);
    if (args === undefined) {
      return failed(
        effect,
        'configuration',
        'The document of a call must be govstack://<service>/openapi.json.',
      );
    }
    const question = questionOf(effect);
    const ask = (
      operation: { operationId: string; parameters: JsonObject },
      suffix: string,
    ): Promise<BlockCallAnswer> =>
      blocks.call(origin.run.workspace, origin.run.useCase, {
        alias: args.alias,
        ...operation,
        headers: {
          ...correlationHeaders(origin.run.correlation),
          'idempotency-key': idempotencyKey(
            origin.identity?.run ?? origin.run.id,
            effectKey(effect.key) + (origin.identity?.mark ?? '') + suffix,
          ),
        },
        origin: {
          runId: origin.run.id,
          caseId: origin.run.caseId,
          taskKey: effect.key,
          ...(effect.step === undefined ? {} : { step: effect.step }),
          ...(origin.run.correlation === undefined ? {} : { correlation: origin.run.correlation }),
        },
      });

    /** The result of a call whose effect turns out to have happened; undefined when it has not. */
    const find = async (): Promise<EffectOutcome | 'absent'> => {
      if (question === undefined) return 'absent';
      const { variables } = effect;
      const parameters = worked(() => engine.resolve(question.ask.parameters ?? {}, effect.input, variables));
      const answer = await ask(
        { operationId: question.ask.operationId, parameters: isJsonObject(parameters) ? parameters : {} },
        '!ask',
      );
      if (answer.kind !== 'answered') return unanswered(effect, args, answer);
      if (answer.status === 404) return 'absent';
      if (answer.status >= 400) return refused(effect, args, answer);
      const found = worked(() => engine.evaluate(question.found, answer.body, variables));
      if (found === false || found === null) return 'absent';
      return { kind: 'output', output: worked(() => engine.evaluate(question.as, answer.body, variables)) };
    };

    if (effect.doubtful) {
      const known = await find();
      if (known !== 'absent') return known;
    }
    const answer = await ask(args, '');
    if (answer.kind === 'answered') {
      if (answer.status >= 400) return refused(effect, args, answer);
      return { kind: 'output', output: shaped(args, answer) };
    }
    if (answer.kind === 'malformed' || !answer.beforeEffect) {
      const known = await find();
      if (known !== 'absent') return known;
    }
    return unanswered(effect, args, answer);
  };
  return async (effect, origin) => {
    try {
      return await perform(effect, origin);
    } catch (error) {
      if (error instanceof QuestionError) return failed(effect, 'expression', error.message);
      // A call that the block's contract does not allow is the workflow's fault: it never left.
      if (isStoreUnavailable(error) || !(error instanceof SandboxError)) throw error;
      return failed(
        effect,
        error.code === 'GSB-REQ-001' ? 'validation' : 'configuration',
        error.detail,
        error.status,
      );
    }
  };
}

/** An expression of `metadata.sandbox.unclear` failed: nothing is sent, as nobody knows what became of the call. */
class QuestionError extends Error {
  constructor(cause: unknown) {
    super(`metadata.sandbox.unclear: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'QuestionError';
  }
}

function worked<T>(evaluation: () => T): T {
  try {
    return evaluation();
  } catch (error) {
    throw new QuestionError(error);
  }
}

/** Whether a call names a building block: everything else leaves the sandbox. */
export function isBlockCall(effect: CallEffect): boolean {
  return documentUri(effect)?.startsWith('govstack:') ?? false;
}

function documentUri({ args }: CallEffect): string | undefined {
  const document = isJsonObject(args) ? args['document'] : undefined;
  const endpoint = isJsonObject(document) ? document['endpoint'] : undefined;
  const uri = isJsonObject(endpoint) ? endpoint['uri'] : endpoint;
  return typeof uri === 'string' ? uri : undefined;
}

function argumentsOf(effect: CallEffect): OpenApiArguments | undefined {
  const { args } = effect;
  if (!isJsonObject(args)) return undefined;
  const alias = /^govstack:\/\/([a-z0-9-]+)(?:\/openapi\.json)?$/.exec(documentUri(effect) ?? '')?.[1];
  const { operationId, parameters, output } = args;
  if (alias === undefined || typeof operationId !== 'string') return undefined;
  return {
    alias,
    operationId,
    parameters: isJsonObject(parameters) ? parameters : {},
    output: output === 'raw' || output === 'response' ? output : 'content',
  };
}

function questionOf({ task }: CallEffect): UnclearQuestion | undefined {
  return task.metadata?.sandbox?.unclear;
}

function shaped(args: OpenApiArguments, answer: Extract<BlockCallAnswer, { kind: 'answered' }>): Json {
  switch (args.output) {
    case 'content':
      return answer.body;
    case 'raw':
      return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    case 'response':
      return {
        request: answer.request,
        headers: answer.headers,
        statusCode: answer.status,
        content: answer.body,
      };
  }
}

function refused(
  effect: CallEffect,
  args: OpenApiArguments,
  { status, headers, body }: Extract<BlockCallAnswer, { kind: 'answered' }>,
): EffectOutcome {
  const refusal = headers['x-road-error'];
  const reason = refusal === undefined ? reasonIn(body) : mediatorReason(refusal, body);
  return failed(
    effect,
    'communication',
    `${args.alias} answered ${status} to ${args.operationId}${reason === undefined ? '.' : `: ${reason}`}`,
    status,
  );
}

function unanswered(
  effect: CallEffect,
  { alias, operationId }: OpenApiArguments,
  answer: Exclude<BlockCallAnswer, { kind: 'answered' }>,
): EffectOutcome {
  switch (answer.kind) {
    case 'lost':
      return failed(effect, 'communication', `${alias} did not answer ${operationId}: ${answer.reason}`, 503);
    case 'malformed': {
      const detail = `${alias} answered ${operationId} outside its contract: ${answer.reason}`;
      return failed(effect, 'communication', detail, 502);
    }
  }
}

/**
 * The mediator's own refusal: it says why in `message`, and its `detail` is only a number (X-Road Message Protocol for REST
 * 1.0.3, section 4.4). Its type ends the sentence, so that a workflow can tell a missing right from a missing consent.
 */
function mediatorReason(type: string, body: Json): string {
  const message = isJsonObject(body) && typeof body['message'] === 'string' ? body['message'] : '';
  return `${message.slice(0, 400)} [${type.slice(0, 100)}]`.trim();
}

function failed(
  effect: CallEffect,
  kind: 'configuration' | 'validation' | 'communication' | 'expression',
  detail: string,
  status?: number,
): EffectOutcome {
  const { error } = standardError(
    kind,
    pointerOf(effect.key),
    detail,
    status === undefined ? {} : { status },
  );
  return { kind: 'error', error };
}

/** The block's own words, from the members that the official error shapes use. Never the whole body: it may hold personal data. */
function reasonIn(body: Json): string | undefined {
  if (!isJsonObject(body)) return undefined;
  for (const member of [
    'detail',
    'message',
    'responseDescription',
    'ResponseDescription',
    'reason',
    'title',
  ]) {
    const value = body[member];
    if (typeof value === 'string' && value !== '') return value.slice(0, 300);
  }
  return undefined;
}
