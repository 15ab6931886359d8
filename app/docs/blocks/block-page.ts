import { existsSync } from 'node:fs';
import type { Block, BlockRule } from '../../../contracts/block.js';
import { isJsonObject } from '../../../contracts/json.js';
import { createContractCheck } from '../../../mocks/kit/contract-check.js';
import { createOperationTable, type ContractOperation } from '../../../mocks/kit/operation-table.js';
import { stages, transportRules } from '../../../mocks/kit/rules.js';
import { paymentOutcomes } from '../../../mocks/payments/outcomes.js';
import type { UseCase } from '../../../orchestrator/definition/load-use-case.js';
import { readApiDocument } from '../../../orchestrator/http/api-docs.js';
import { asCurl } from '../../../orchestrator/http/copy/as-curl.js';
import { projectFile } from '../../project-file.js';
import { code, page, table } from '../markdown.js';
import { blockFacts } from './block-facts.js';
import { exampleRequest } from './example-request.js';
import type { DocumentedBlock } from './read-blocks.js';

export interface BlockPageInput extends DocumentedBlock {
  /** Names that `sandbox mock --seed` takes. */
  readonly seedNames: readonly string[];
  readonly useCases: readonly UseCase[];
}

/** Everything about one building block that follows from the code, on one page. */
export function blockPage({ block, collections, seedNames, useCases }: BlockPageInput): string {
  const { id, openapi, rules = [] } = block;
  const facts = blockFacts[id];
  const operations = createOperationTable(openapi).operations;
  return page(block.title, `\`mocks/${id}/\` and \`app/docs/blocks/\``, [
    ...(facts === undefined ? [] : [facts.what]),
    `A training mock: no person, account or payment in it exists. Served at ${code(`/blocks/${id}`)} past the mediator, with [Swagger UI](http://localhost:4000/blocks/${id}/docs/) and ${code('openapi.json')}; alone by ${code(`sandbox mock ${id}`)}.`,
    '## Operations',
    operationsTable(block, operations),
    ...examplesOf(block, operations),
    '## Which answer, and why',
    `Each answer names its rule in ${code('X-Sandbox-Rule')}. Machines read the same at ${code(`/blocks/${id}/rules`)}; what was answered lately is in the journal: ${code(`sandbox journal ${id}`)}.`,
    diagramOf(rules),
    'Before an operation runs, or after it, for all of them unless the operation has its own line below:',
    table(
      ['Stage', 'Rule', 'Status', 'When'],
      [
        ...transportRules.map(([rule, status, when]) => ['over HTTP', code(rule), String(status), when]),
        ...stages.flatMap(({ stage, rules: ofStage }) =>
          ofStage.map(([rule, status, when]) => [stage, code(rule), String(status), when]),
        ),
      ],
    ),
    'By the operation:',
    rulesTable(operations, rules),
    ...magicValues(block),
    '## Faults',
    `A trainer switches them on for one operation or all, with ${code(`POST /api/v1/blocks/${id}/faults`)}:`,
    faultKinds(),
    '## State and seeds',
    collections.length === 0 ? 'It keeps nothing.' : `Per workspace: ${collections.map(code).join(', ')}.`,
    ...(facts === undefined
      ? []
      : [`Use cases seed it under ${code(id)} with ${facts.seeds.map(code).join(', ')}.`]),
    seedNames.length === 0
      ? `${code(`sandbox mock ${id}`)} begins empty; there are no seeds for ${code('--seed')}.`
      : `${code(`sandbox mock ${id} --seed`)} takes ${seedNames.map(code).join(', ')}.`,
    ...servicesOf(block, useCases),
    ...candidatesOf(block),
    ...contradictions(),
  ]);
}

/** `published`, `older`, or `extension`: ours. */
export function dialectOf(
  { id, openapi }: Pick<Block, 'id' | 'openapi'>,
  { template, operation }: ContractOperation,
): string {
  // No official document describes banks.
  if (id === 'financial-institution') return 'extension';
  const paths = isJsonObject(openapi.paths) ? openapi.paths : {};
  const item = isJsonObject(paths[template]) ? paths[template] : {};
  const marked = (name: string): unknown => operation[name] ?? item[name];
  if (marked('x-sandbox-extension') === true) return 'extension';
  const dialect = marked('x-sandbox-dialect');
  return typeof dialect === 'string' ? dialect : 'published';
}

function operationsTable(block: Block, operations: readonly ContractOperation[]): string {
  return table(
    ['Operation', 'Request', 'Dialect', 'What it does'],
    operations.map((one) => [
      code(one.operationId),
      code(`${one.method} ${one.template}${queryOf(one)}`),
      dialectOf(block, one),
      typeof one.operation.summary === 'string' ? one.operation.summary : '',
    ]),
  );
}

function queryOf({ when }: ContractOperation): string {
  const query = new URLSearchParams(when).toString();
  return query === '' ? '' : `?${query}`;
}

/** One example for each group of operations: the first that can be made of the document alone. */
function examplesOf({ id, openapi }: Block, operations: readonly ContractOperation[]): string[] {
  const check = createContractCheck(openapi);
  const groups = new Map<string, ContractOperation[]>();
  for (const one of operations) {
    const [tag = 'all'] = Array.isArray(one.operation.tags) ? (one.operation.tags as readonly string[]) : [];
    groups.set(tag, [...(groups.get(tag) ?? []), one]);
  }
  const shown = [...groups].flatMap(([tag, members]): string[] => {
    for (const one of members) {
      const request = exampleRequest(openapi, check, one);
      if (request === undefined) continue;
      const query = new URLSearchParams(request.query as Record<string, string>).toString();
      const command = asCurl({
        method: request.method,
        url: [`http://localhost:3333${request.path}${query === '' ? '' : `?${query}`}`],
        headers: Object.entries(request.headers).map(([name, value]) => [name, [value]]),
        ...(request.body === undefined ? {} : { body: { json: request.body } }),
        notes: [],
      });
      return [`${sentence(tag)}, ${code(one.operationId)}:`, `\`\`\`sh\n${command}\`\`\``];
    }
    return [];
  });
  return shown.length === 0
    ? []
    : ['### Try it', `With ${code(`sandbox mock ${id}`)} on port 3333:`, ...shown];
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The way of a request, as a Mermaid flow chart: refusals leave to the right. */
function diagramOf(rules: readonly BlockRule[]): string {
  const nodes = stages.flatMap(({ stage, question, rules: ofStage }, index) => {
    const next = stages[index + 1]?.stage ?? 'commit';
    const exits = ofStage.map(([rule, status], at) => {
      const said = rules.filter(
        (one) => one.rule === rule && one.stage === stage && one.operations.length > 0,
      );
      const statuses = [...new Set([status, ...said.map((one) => one.status)])]
        .sort((a, b) => a - b)
        .join(' or ');
      return `  ${stage} --> ${stage}${at}["${statuses}: ${rule}"]`;
    });
    return [`  ${stage}{"${question}"} --> ${next}`, ...exits];
  });
  const lines = ['flowchart TD', '  request(["Request"]) --> match', ...nodes];
  lines.push(
    '  commit["Effects and answer become durable together"] --> answer(["Answer by a rule of the operation"])',
  );
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``;
}

function rulesTable(operations: readonly ContractOperation[], rules: readonly BlockRule[]): string {
  const kit = new Set<string>(stages.flatMap(({ rules: ofStage }) => ofStage.map(([rule]) => rule)));
  const defaults = new Map<string, number>(
    stages.flatMap(({ rules: ofStage }) => ofStage.map(([rule, status]) => [rule, status] as const)),
  );
  const own = rules.filter(({ rule, status }) => !kit.has(rule) || defaults.get(rule) !== status);
  return table(
    ['Operation', 'Rule', 'Status', 'When'],
    operations.flatMap(({ operationId }) =>
      own
        .filter((one) => one.operations.includes(operationId))
        .sort((one, other) => one.status - other.status || one.rule.localeCompare(other.rule))
        .map(({ rule, status, when }, index) => [
          index === 0 ? code(operationId) : '',
          code(rule),
          String(status),
          when,
        ]),
    ),
  );
}

function magicValues({ id }: Block): string[] {
  const byAccount = id === 'payments' || id === 'financial-institution';
  return [
    '## Magic values',
    byAccount
      ? 'The last digits of an account or phone number decide; more in [magic values](../magic-values.md).'
      : 'Those that there are for this block are in [magic values](../magic-values.md).',
    ...(byAccount
      ? [
          table(
            ['Ends in', 'Outcome', 'What happens'],
            paymentOutcomes.map(({ suffix, outcome, explanation }) => [
              code(suffix),
              code(outcome),
              explanation,
            ]),
          ),
        ]
      : []),
  ];
}

/** As the API describes them, so that a new kind is here by itself. */
function faultKinds(): string {
  const { components } = readApiDocument();
  const schemas =
    isJsonObject(components) && isJsonObject(components['schemas']) ? components['schemas'] : {};
  const fault = isJsonObject(schemas['Fault']) ? schemas['Fault'] : {};
  const properties = isJsonObject(fault['properties']) ? fault['properties'] : {};
  const kind = isJsonObject(properties['kind']) ? properties['kind'] : {};
  return typeof kind['description'] === 'string' ? kind['description'].trim() : 'See the API.';
}

function servicesOf({ id }: Block, useCases: readonly UseCase[]): string[] {
  const rows = useCases.flatMap(({ manifest }) =>
    Object.entries(manifest.services)
      .filter(([, service]) => service.block === id)
      .map(([alias, { provider, code: name, title }]) => [
        code(`${provider}/${name}`),
        title,
        `${code(alias)} of ${manifest.id}`,
      ]),
  );
  return rows.length === 0
    ? []
    : [
        '## Services of the mediator',
        `Workflows and other members reach it at ${code('/r1/{service}')}, by the rights that each use case declares:`,
        table(['Service', 'Title', 'Declared as'], rows),
      ];
}

function candidatesOf({ id }: Block): string[] {
  const candidates = blockFacts[id]?.candidates ?? [];
  return [
    '## Candidates',
    candidates.length === 0
      ? 'No software is known to us that speaks this interface.'
      : 'Software that can stand in its place, or from which the interface comes. Neither GovStack nor this project recommends any of it; check it with `sandbox conformance` first.',
    ...(candidates.length === 0
      ? []
      : [
          table(
            ['Name', 'What'],
            candidates.map(({ name, what }) => [name, what]),
          ),
        ]),
  ];
}

function contradictions(): string[] {
  return existsSync(projectFile('docs/reference/contradictions.md'))
    ? [
        '## Contradictions',
        'Where the official documents contradict each other, and what the mock does: [contradictions](../contradictions.md).',
      ]
    : [];
}
