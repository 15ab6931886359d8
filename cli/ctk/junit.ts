import type { ScenarioResult } from '../../app/conformance/run-features.js';

/** The results as a JUnit report, which CI systems read: a suite for each feature, a case for each scenario. */
export function junitReport(results: readonly ScenarioResult[]): string {
  const features = [...new Set(results.map(({ scenario }) => scenario.file))];
  const suites = features.map((file) => suiteOf(results.filter(({ scenario }) => scenario.file === file)));
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join(
    '\n',
  );
}

function suiteOf(results: readonly ScenarioResult[]): string {
  const name = escaped(results[0]?.scenario.feature ?? '');
  const failures = results.filter(({ passed }) => !passed).length;
  return [
    `  <testsuite name="${name}" tests="${results.length}" failures="${failures}">`,
    ...results.map(({ scenario, failure }) => {
      const start = `    <testcase classname="${name}" name="${escaped(scenario.name)}" file="${escaped(scenario.file)}" line="${scenario.line}"`;
      if (failure === undefined) return `${start}/>`;
      return `${start}><failure message="${escaped(failure.message)}">line ${failure.line}: ${escaped(failure.step)}</failure></testcase>`;
    }),
    '  </testsuite>',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Control characters have no place in XML 1.0 at all, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/(?![\t\n\r])\p{Cc}/gu, '')
    .replaceAll(/[&<>"\n]/g, (found) => entities[found] ?? found);
}
