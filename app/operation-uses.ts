import type { BlockId } from '../contracts/block.js';
import { isJsonObject, type Json, type JsonObject } from '../contracts/json.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';

/** A use case calls an operation of a block, and reads members of these names somewhere in the same workflow. */
export interface OperationUseOfBlock {
  readonly block: BlockId;
  readonly service: string;
  readonly useCase: string;
  readonly operationId: string;
  readonly reads: ReadonlySet<string>;
}

/**
 * Which operations the workflows call, by `call: openapi` with a block's document, and what their expressions may
 * read of the answers: every name that follows a dot or stands in brackets. That is more than they read, never less
 * but for names that an expression computes.
 */
export function operationUses(
  useCases: readonly Pick<UseCase, 'manifest' | 'workflows'>[],
): readonly OperationUseOfBlock[] {
  return useCases.flatMap(({ manifest, workflows }) =>
    workflows.flatMap((workflow) => {
      const document = workflow as unknown as Json;
      const reads = namesRead(document);
      return callsIn(document).flatMap(({ alias, operationId }) => {
        const service = manifest.services[alias];
        if (service === undefined) return [];
        const id = `${service.provider}/${service.code}`;
        return [{ block: service.block, service: id, useCase: manifest.id, operationId, reads }];
      });
    }),
  );
}

export interface CallInDocument {
  readonly alias: string;
  readonly operationId: string;
  /** The use case's step that the task belongs to, where it or a task around it names one. */
  readonly step: string | undefined;
}

/** What a part of a document calls by `call: openapi`. */
export function callsIn(value: Json, around?: string): readonly CallInDocument[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => callsIn(one, around));
  if (!isJsonObject(value)) return [];
  const step = stepOf(value) ?? around;
  const inner = Object.values(value).flatMap((one) => (one === undefined ? [] : callsIn(one, step)));
  const given = value['with'];
  if (value['call'] !== 'openapi' || !isJsonObject(given)) return inner;
  const { document, operationId } = given;
  const endpoint = isJsonObject(document) ? document['endpoint'] : undefined;
  const uri = isJsonObject(endpoint) ? endpoint['uri'] : endpoint;
  const alias = typeof uri === 'string' ? /^govstack:\/\/([^/]+)\//.exec(uri)?.[1] : undefined;
  return alias === undefined || typeof operationId !== 'string'
    ? inner
    : [...inner, { alias, operationId, step }];
}

function stepOf({ metadata }: JsonObject): string | undefined {
  const sandbox = isJsonObject(metadata) ? metadata['sandbox'] : undefined;
  const step = isJsonObject(sandbox) ? sandbox['step'] : undefined;
  return typeof step === 'string' ? step : undefined;
}

function namesRead(document: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (value: Json): void => {
    if (typeof value === 'string') {
      for (const [, plain, quoted] of value.matchAll(/\.\s*([A-Za-z_]\w*)|\[?"([^"\\]+)"\]?/g))
        names.add(plain ?? quoted ?? '');
    } else if (Array.isArray(value)) for (const one of value as readonly Json[]) look(one);
    else if (isJsonObject(value)) for (const one of Object.values(value)) if (one !== undefined) look(one);
  };
  look(document);
  return names;
}
