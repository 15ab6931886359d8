import type { UseCaseNews } from '../app/watch-use-cases.js';
import { paint } from './paint.js';

export type { UseCaseNews };

/** What `sandbox up --watch` says about a use case whose files changed: one line, and for errors one more for each place. */
export function newsLine(news: UseCaseNews): string {
  switch (news.kind) {
    case 'loaded': {
      const later =
        news.restart.length === 0
          ? ''
          : paint('yellow', ` At the next start only: ${news.restart.join(', ')}.`);
      const reset =
        news.reset === true ? paint('yellow', ' Seeds: when a workspace is reset (sandbox reset).') : '';
      return `  ${paint('green', 'Loaded')} ${news.id}: new runs take it.${later}${reset}`;
    }
    case 'gone':
      return `  ${paint('yellow', 'Gone')} ${news.id}: it has no use-case.yaml any more; what was loaded stays until the next start.`;
    case 'invalid': {
      const { code, detail, fix } = news.error;
      const places = detail.split('\n').map((line) => `\n    ${line}`);
      return `  ${paint('red', 'Not loaded')} ${news.id}: what was loaded before stays.${places.join('')}\n    → ${fix} [${code}]`;
    }
  }
}

export function writeNewsAsJson(news: UseCaseNews): void {
  const line =
    news.kind === 'invalid'
      ? { ...news, error: { code: news.error.code, detail: news.error.detail, fix: news.error.fix } }
      : news;
  process.stdout.write(`${JSON.stringify({ useCase: line })}\n`);
}
