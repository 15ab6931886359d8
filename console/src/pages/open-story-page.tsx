import { useMemo, useState, type ReactElement } from 'react';
import { prettifyError } from 'zod';
import { caseFileSchema, type CaseFile } from '../../../contracts/case-file.js';
import { useI18n } from '../i18n/i18n.js';
import { textsOf } from '../i18n/use-case-texts.js';
import { closedLog } from '../live/use-story.js';
import { bodiesInFile } from '../story/bodies.js';
import { StoryScreen } from '../story/story-screen.js';
import { Page } from '../ui/page.js';

/** A case from a file: read in the browser, sent nowhere. */
export function OpenStoryPage(): ReactElement {
  const { t } = useI18n();
  const [file, setFile] = useState<CaseFile | undefined>(undefined);
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const choose = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const read = readCaseFile(await chosen.text());
    setFile(typeof read === 'string' ? undefined : read);
    setRefusal(typeof read === 'string' ? read : undefined);
  };
  if (file !== undefined) return <FileStory file={file} onClose={() => setFile(undefined)} />;
  return (
    <Page title={t('story.openFile')}>
      <h1>{t('story.openFile')}</h1>
      <p className="lead">{t('story.openLead')}</p>
      <div className="card">
        <label htmlFor="case-file">{t('story.chooseFile')}</label>
        <input
          id="case-file"
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => void choose(target.files?.[0])}
        />
      </div>
      {refusal === undefined ? null : (
        <div className="note note-bad" role="alert">
          <p className="note-title">{t('story.notACase')}</p>
          <pre className="body" lang="en" dir="ltr">
            {refusal}
          </pre>
        </div>
      )}
    </Page>
  );
}

function FileStory({
  file,
  onClose,
}: {
  readonly file: CaseFile;
  readonly onClose: () => void;
}): ReactElement {
  const { t, language, dateTime } = useI18n();
  const log = useMemo(() => closedLog(file), [file]);
  const texts = useMemo(() => textsOf({ ...file.useCase, forms: {} }, language), [file, language]);
  const bodies = useMemo(() => bodiesInFile(file), [file]);
  return (
    <Page title={t('story.titleOf', { number: file.cases[0]?.case.number ?? '' })} wide stage>
      <StoryScreen log={log} texts={texts} live={false} bodies={bodies}>
        <p className="badge">{t('story.fromFile', { date: dateTime(file.exportedAt) })}</p>
        <nav className="tale-links" aria-label={t('story.links')}>
          <button type="button" className="button button-quiet" onClick={onClose}>
            {t('story.openAnother')}
          </button>
        </nav>
      </StoryScreen>
    </Page>
  );
}

const FEW = 3;

/** The file, or why it is none. */
function readCaseFile(text: string): CaseFile | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const parsed = caseFileSchema.safeParse(value);
  if (parsed.success) return parsed.data as unknown as CaseFile;
  const { error } = parsed;
  error.issues.splice(FEW);
  return prettifyError(error);
}
