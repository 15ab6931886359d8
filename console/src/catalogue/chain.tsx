import type { ReactElement, ReactNode } from 'react';
import { useBlocks } from '../api/block-queries.js';
import { useI18n } from '../i18n/i18n.js';
import { blocksOf, publishedSaid } from '../model/catalogue.js';
import { Said } from '../ui/said.js';
import { AnyBlock } from './any-block.js';
import type { EntryProps } from './entry-card.js';
import { useEntryTexts } from './use-catalogue.js';

/** Why a service exists and what carries it: goal, use case, workflows, building blocks, candidate software. */
export function Chain({ entry, published }: EntryProps): ReactElement {
  const { t, language, list } = useI18n();
  const { data: blocks } = useBlocks();
  const { title } = useEntryTexts(entry, published);
  const workflows = [...new Set(entry.steps.flatMap((step) => step.workflows))];
  const targets = entry.published?.targets ?? [];
  return (
    <section aria-labelledby="chain">
      <h2 id="chain">{t('chain.title')}</h2>
      <p className="quiet">{t('chain.lead')}</p>
      <ol className="chain">
        <Link name={t('chain.goal')}>
          {entry.goals.length === 0 ? <li className="quiet">{t('chain.noGoal')}</li> : null}
          {entry.goals.map((goal) => (
            <li key={goal}>
              <span className="chain-number">{t('catalogue.goalNumber', { n: goal })}</span>{' '}
              <Said said={publishedSaid(published.goals[String(goal)], language)} />
            </li>
          ))}
          {targets.map((target) => (
            <li key={target} className="chain-target">
              <span className="chain-number">{t('catalogue.target', { target })}</span>{' '}
              <Said said={publishedSaid(published.targets[target], language)} />
            </li>
          ))}
        </Link>
        <Link name={t('chain.useCase')}>
          <li>
            <strong>
              <Said said={title} />
            </strong>
          </li>
        </Link>
        <Link name={t('chain.workflow')}>
          {workflows.map((workflow) => (
            <li key={workflow}>
              <Said said={publishedSaid(published.workflows[workflow], language)} />
            </li>
          ))}
        </Link>
        <li className="chain-link chain-pairs">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('chain.block')}</th>
                <th scope="col">{t('chain.software')}</th>
              </tr>
            </thead>
            <tbody>
              {blocksOf(entry).map((block) => {
                const names =
                  blocks?.find(({ id }) => id === block)?.candidates.map(({ name }) => name) ?? [];
                return (
                  <tr key={block}>
                    <th scope="row">
                      <AnyBlock block={block} published={published} />
                    </th>
                    <td>
                      {names.length === 0 ? (
                        <span className="quiet">{t('chain.noSoftware')}</span>
                      ) : (
                        <bdi lang="en">{list(names)}</bdi>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </li>
      </ol>
      <p className="quiet">{t('chain.notEndorsed')}</p>
    </section>
  );
}

function Link({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <li className="chain-link">
      <h3 className="small-title">{name}</h3>
      <ul>{children}</ul>
    </li>
  );
}
