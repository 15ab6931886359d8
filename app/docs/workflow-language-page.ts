import type { Feature, Scenario } from '../conformance/feature-file.js';
import { checklist } from './language/checklist.js';
import type { LanguageFeature } from './language/language-feature.js';
import { isOpen, proofsIn, type Proof } from './language/proofs.js';
import { code, page, table } from './markdown.js';

const none: Proof = { shown: [], denied: [] };

/** Every feature of the workflow language, whether it is supported, and the scenarios that prove it. */
export function workflowLanguagePage(features: readonly Feature[]): string {
  const proofs = proofsIn(features);
  const all = checklist.flatMap((section) => section.features);
  const scenarios = features.flatMap((feature) => feature.scenarios);
  const open = scenarios.filter(isOpen);
  return page('Workflow language', '`app/docs/language/` and the tags in `test/conformance/`', [
    'Workflows are written in the Open Workflow Specification DSL 1.0.3. This is all of it, with what the sandbox refuses and what it adds.',
    `${all.length} features: ${all.filter(({ refused }) => refused === undefined).length} supported, ${all.filter(({ refused }) => refused !== undefined).length} refused. ${scenarios.length} scenarios prove them; \`sandbox ctk test/conformance\` plays them, and \`sandbox ctk\` plays the official kit of the specification, too.`,
    'For each feature one scenario that shows what it does, and one that shows what it does not do; a number says how many more there are. How scenarios are written: [conformance scenarios](../../test/conformance/README.md).',
    ...checklist.flatMap(({ title, features: rows }) => [
      `## ${title}`,
      table(
        ['Feature', 'Here', 'Shown by', 'And not'],
        rows.map((row) => cellsOf(row, proofs.get(row.id) ?? none)),
      ),
    ]),
    ...(open.length === 0 ? [] : ['## Not yet', open.map((scenario) => `- ${linkTo(scenario)}`).join('\n')]),
  ]);
}

function cellsOf({ name, refused }: LanguageFeature, { shown, denied }: Proof): string[] {
  return [
    code(name),
    refused === undefined ? 'yes' : `refused: ${refused}`,
    refused === undefined || shown.length > 0 ? cited(shown) : '',
    cited(denied),
  ];
}

/** The first scenario by name, those that pass before those that do not yet, and how many more there are. */
function cited(scenarios: readonly Scenario[]): string {
  const [first, ...others] = [...scenarios.filter((one) => !isOpen(one)), ...scenarios.filter(isOpen)];
  if (first === undefined) return 'no scenario';
  return [
    ...(isOpen(first) ? ['not yet:'] : []),
    linkTo(first),
    ...(others.length === 0 ? [] : [`+${others.length}`]),
  ].join(' ');
}

function linkTo({ name, file }: Scenario): string {
  return `[${name.replaceAll(/[[\]<>]/g, '')}](../../test/conformance/${file})`;
}
