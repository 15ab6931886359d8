import { readFileSync } from 'node:fs';
import type { Method } from '../../contracts/block.js';
import type { Json } from '../../contracts/json.js';
import { referenceFile } from './official-documents.js';

/** A recorded official suite: what it sends, and what it looks at. Reference data beside the repository, not part of it. */
export interface Scenario {
  /** Number within the transcript. */
  readonly number: number;
  readonly feature: string;
  /** The path template that the feature is about. */
  readonly endpoint: string;
  readonly title: string;
  readonly steps: readonly Step[];
  /** The sentences of the scenario that say what must hold. */
  readonly asserts: readonly string[];
}

export interface Step {
  readonly method: Method;
  /** As sent, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** How often it is sent in a row. */
  readonly times: number;
  /** What the recorded system answered; only asserted where a sentence says so. */
  readonly recorded: number;
}

const STEP =
  /^ {3}- `([A-Z]+) ([^`]+)`(?: \[([^\]]*)\])?(?: body `([^`]*)`)?(?: ×(\d+))? → (\d{3})(?: `.*`.*)?$/;
const FEATURE = /^## (\S+) — .*@endpoint=(\S+)/;
const TITLE = /^(\d+)\. \*\*(.*)\*\*/;
const ASSERTS = /^ {3}- asserts: (.*)$/;

/** The transcript of a suite; undefined where the reference data is absent. */
export function readTranscript(name: string): readonly Scenario[] | undefined {
  const place = referenceFile(`compliance/${name}.md`);
  return place === undefined ? undefined : parseTranscript(readFileSync(place, 'utf8'));
}

/** Raises an Error for a line that is not understood: nothing of a suite may be lost silently. */
export function parseTranscript(text: string): readonly Scenario[] {
  const scenarios: (Scenario & { steps: Step[]; asserts: string[] })[] = [];
  let feature = { name: '', endpoint: '' };
  for (const [index, line] of text.split('\n').entries()) {
    const heading = FEATURE.exec(line);
    const title = TITLE.exec(line);
    const step = STEP.exec(line);
    const asserts = ASSERTS.exec(line);
    const current = scenarios.at(-1);
    if (heading) feature = { name: heading[1] ?? '', endpoint: heading[2] ?? '' };
    else if (title)
      scenarios.push({
        number: Number(title[1]),
        feature: feature.name,
        endpoint: feature.endpoint,
        title: title[2] ?? '',
        steps: [],
        asserts: [],
      });
    else if (step && current) current.steps.push(readStep(step));
    else if (asserts && current) current.asserts.push(...(asserts[1] ?? '').split(' · '));
    else if (/^ +- |^\d+\. |^## /.test(line)) throw new Error(`line ${index + 1} is not understood: ${line}`);
  }
  return scenarios;
}

function readStep(match: RegExpExecArray): Step {
  const [, method, path = '', headers = '', body, times = '1', recorded] = match;
  const named = headers.split('; ').filter((header) => header !== '');
  return {
    method: method as Method,
    path,
    headers: Object.fromEntries(
      named.map((header) => {
        const colon = header.indexOf(': ');
        return [header.slice(0, colon), header.slice(colon + 2)];
      }),
    ),
    ...(body === undefined ? {} : { body: JSON.parse(body) as Json }),
    times: Number(times),
    recorded: Number(recorded),
  };
}
