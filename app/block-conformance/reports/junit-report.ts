import type { CheckResult, ConformanceReport, Violation } from '../report.js';
import { escaped } from './xml-text.js';

/** As CI systems read it: a suite for each operation and one for the scenarios, a case for each check. */
export function conformanceJunit(report: ConformanceReport): string {
  const groups = new Map<string, CheckResult[]>();
  for (const check of report.checks) {
    const name = check.id.startsWith('scenario/') ? 'scenarios' : (check.id.split('/')[0] ?? check.id);
    groups.set(name, [...(groups.get(name) ?? []), check]);
  }
  const { specification, block, candidate, index, score } = report;
  const properties = {
    specification: `${specification.name} ${specification.version}`,
    candidate,
    dialect: report.dialect,
    indexOperations: String(index.operations.percent),
    indexChecks: String(index.checks.percent),
    score: String(score.percent),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(block)} conformance">`,
    ...[...groups].map(([name, checks]) => suiteOf(`${block}.${name}`, checks, properties, report)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(
  name: string,
  checks: readonly CheckResult[],
  properties: Readonly<Record<string, string>>,
  { startedAt }: ConformanceReport,
): string {
  const count = (kind: string): number => checks.filter(({ outcome }) => outcome.kind === kind).length;
  return [
    `  <testsuite name="${escaped(name)}" tests="${checks.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}" timestamp="${startedAt.slice(0, 19)}">`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([key, value]) => `      <property name="${key}" value="${escaped(value)}"/>`,
    ),
    '    </properties>',
    ...checks.map((check) => caseOf(name, check)),
    '  </testsuite>',
  ].join('\n');
}

function caseOf(suite: string, { id, title, outcome }: CheckResult): string {
  const start = `    <testcase classname="${escaped(suite)}" name="${escaped(`${title} [${id}]`)}"`;
  if (outcome.kind === 'passed') return `${start}/>`;
  if (outcome.kind === 'skipped')
    return `${start}><skipped message="${escaped(`${outcome.reason}: ${outcome.detail}`)}"/></testcase>`;
  const [first] = outcome.violations;
  const text = outcome.violations.map(violationText).join('\n\n');
  return `${start}><failure message="${escaped(first?.message ?? '')}" type="${escaped(first?.rule ?? '')}">${escaped(text)}</failure></testcase>`;
}

function violationText({ rule, message, source, exchange }: Violation): string {
  const lines = [rule, `found: ${message}`, `${source.specification} ${source.version}, ${source.section}`];
  if (exchange !== undefined) {
    const { request, answer } = exchange;
    lines.push(
      `> ${request.method} ${request.target}`,
      ...(request.body === undefined ? [] : [`> ${request.body}`]),
    );
    if (answer !== undefined) lines.push(`< ${answer.status} ${answer.body}`);
  }
  return lines.join('\n');
}
