import type { ReactElement } from 'react';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { useI18n } from '../i18n/i18n.js';
import { isJsonObject } from '../model/json.js';
import { Said } from '../ui/said.js';
import { useDataWords } from './data-words.js';

/** Data for readers: names as words, lists as lists, rows as a table. */
export function JsonView({ value }: { readonly value: Json }): ReactElement {
  const { t, number } = useI18n();
  const words = useDataWords();
  if (isJsonObject(value)) return <Members of={value} />;
  if (Array.isArray(value)) return <List items={value as readonly Json[]} />;
  if (value === null || value === '') return <>–</>;
  if (typeof value === 'boolean') return <>{value ? t('form.yes') : t('form.no')}</>;
  if (typeof value === 'number') return <>{number(value)}</>;
  const word = words.value(value as string);
  return word === undefined ? <span dir="auto">{value as string}</span> : <Said said={word} />;
}

function Members({ of }: { readonly of: JsonObject }): ReactElement {
  const words = useDataWords();
  return (
    <dl className="data">
      {Object.entries(of).map(([name, member]) => (
        <div key={name} className={isNested(member) ? 'data-nested' : undefined}>
          <dt>
            <Said said={words.name(name)} />
          </dt>
          <dd>
            <JsonView value={member ?? null} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What has members of its own stands below its name, where there is room for it. */
function isNested(value: Json | undefined): boolean {
  return (
    (isJsonObject(value) && Object.keys(value).length > 0) ||
    (Array.isArray(value) && value.some(isJsonObject))
  );
}

function List({ items }: { readonly items: readonly Json[] }): ReactElement {
  if (items.length === 0) return <>–</>;
  if (items.every(isJsonObject)) return <Rows rows={items} />;
  return (
    <ul className="data-list">
      {items.map((item, index) => (
        <li key={index}>
          <JsonView value={item} />
        </li>
      ))}
    </ul>
  );
}

function Rows({ rows }: { readonly rows: readonly JsonObject[] }): ReactElement {
  const words = useDataWords();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <div
      className="scroll"
      tabIndex={0}
      role="group"
      aria-label={columns.map((column) => words.name(column).text).join(', ')}
    >
      <table className="data-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                <Said said={words.name(column)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>
                  <JsonView value={row[column] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
