import type { CheckResult, ConformanceReport, Share, Violation } from '../report.js';
import { reasonWords, skippedByReason } from './text-report.js';
import { escaped } from './xml-text.js';

const verdictWords: Readonly<Record<ConformanceReport['verdict'], string>> = {
  passed: 'All checks that could be made passed',
  violations: 'There are violations',
  'not-testable': 'Nothing could be tested',
};

const style = `
:root{color-scheme:light dark;--ink:#1b2733;--soft:#5a6b7b;--line:#d5dde5;--paper:#fff;--tint:#f3f6f9;--good:#17683a;--bad:#a3231b;--idle:#6b5a12}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9fb0c0;--line:#33424f;--paper:#10181f;--tint:#182430;--good:#5fcf8d;--bad:#ff8d83;--idle:#e0c46a}}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:anywhere;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.5rem 0 .75rem}
p{margin:.25rem 0}.soft{color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:1.25rem 0}
.figure{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;background:var(--tint)}
.figure b{display:block;font-size:1.7rem;line-height:1.2}
.passed{color:var(--good)}.failed{color:var(--bad)}.skipped{color:var(--idle)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.5rem .9rem}
summary{cursor:pointer;overflow-wrap:anywhere}
pre{background:var(--tint);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.5rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
td:last-child,th:last-child{white-space:nowrap}
.scroll{overflow-x:auto}
@media (max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}
@media print{:root{color-scheme:light}main{max-width:none;padding:0}details{break-inside:avoid;border:0;padding:0}details>*{display:block}h2{break-after:avoid}tr{break-inside:avoid}}
`;

/** The report as one page without anything from elsewhere: to read, to print, to hand on. */
export function conformanceHtml(report: ConformanceReport): string {
  const { specification, index, score } = report;
  const failed = report.checks.filter(({ outcome }) => outcome.kind === 'failed');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(report.title)}: conformance</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(report.title)}</h1>
<p class="soft">Checked against ${escaped(specification.name)}, version ${escaped(specification.version)}</p>
<p class="${report.verdict === 'passed' ? 'passed' : 'failed'}"><strong>${verdictWords[report.verdict]}</strong>${report.detail === undefined ? '' : `: ${escaped(report.detail)}`}</p>
<div class="figures">
${figure('Operations testable', index.operations)}
${figure('Checks testable', index.checks)}
${figure('Score: checks passed', score)}
</div>
<dl>
<dt>Candidate</dt><dd>${escaped(report.candidate)}</dd>
<dt>Profile</dt><dd>${report.profile === undefined ? 'everything' : escaped(`${report.block}/${report.profile}`)}</dd>
<dt>Dialect</dt><dd>${report.dialect}</dd>
<dt>Writes</dt><dd>${report.readOnly ? 'no, read-only' : 'yes'}</dd>
<dt>Extensions of the sandbox</dt><dd>${report.extensions ? 'checked too' : 'not checked'}</dd>
<dt>When</dt><dd>${escaped(report.startedAt)} to ${escaped(report.endedAt)}, ${report.requests} requests</dd>
</dl>
<h2>Violations</h2>
${failed.length === 0 ? '<p>None.</p>' : failed.map(failure).join('\n')}
<h2>Not tested</h2>
${skipped(report)}
<h2>All checks</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Check</th><th scope="col">Result</th></tr></thead>
<tbody>
${report.checks.map(row).join('\n')}
</tbody>
</table></div>
<p class="soft">Made by the GovStack sandbox, for training and tests. It is no certificate.</p>
</main>
</body>
</html>
`;
}

function figure(name: string, share: Share): string {
  return `<div class="figure"><b>${share.percent}&nbsp;%</b>${escaped(name)}<br><span class="soft">${share.count} of ${share.of}</span></div>`;
}

function failure({ title, outcome }: CheckResult): string {
  const violations = outcome.kind === 'failed' ? outcome.violations : [];
  return `<details open><summary class="failed"><strong>✘ ${escaped(title)}</strong></summary>${violations.map(violation).join('')}</details>`;
}

function violation({ rule, message, source, exchange }: Violation): string {
  const lines: string[] = [];
  if (exchange !== undefined) {
    const { request, answer } = exchange;
    lines.push(`${request.method} ${request.target}`, ...headerLines(request.headers));
    if (request.body !== undefined) lines.push('', request.body);
    if (answer !== undefined)
      lines.push('', `← ${answer.status}`, ...headerLines(answer.headers), '', answer.body);
  }
  return `<p><strong>${escaped(rule)}</strong></p><p>Found: ${escaped(message)}</p><p class="soft">${escaped(`${source.specification} ${source.version}, ${source.section}`)}</p>${lines.length === 0 ? '' : `<pre>${escaped(lines.join('\n'))}</pre>`}`;
}

function headerLines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function skipped(report: ConformanceReport): string {
  const groups = skippedByReason(report);
  if (groups.length === 0) return '<p>Nothing was left out.</p>';
  return groups
    .map(
      ({ reason, checks, details }) =>
        `<details><summary class="skipped">${escaped(reasonWords[reason])}: ${checks.length} checks</summary><ul>${details.map((detail) => `<li>${escaped(detail)}</li>`).join('')}</ul></details>`,
    )
    .join('\n');
}

function row({ title, outcome }: CheckResult): string {
  const words = { passed: '✔ passed', failed: '✘ failed', skipped: '– not tested' };
  return `<tr><td>${escaped(title)}</td><td class="${outcome.kind}">${words[outcome.kind]}</td></tr>`;
}
