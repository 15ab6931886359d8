import type { ReactElement } from 'react';
import { useI18n } from '../i18n/i18n.js';
import '../styles/workspace.css';
import { Page } from '../ui/page.js';
import { ClockPanel } from '../workspace/clock-panel.js';
import { CountryPanel } from '../workspace/country-panel.js';
import { OthersPanel } from '../workspace/others-panel.js';
import { ResetPanel } from '../workspace/reset-panel.js';
import { SettingsPanel } from '../workspace/settings-panel.js';
import { SnapshotsPanel } from '../workspace/snapshots-panel.js';

/** The trainer's desk: clock, snapshots, a new beginning, and the workspaces of the participants. */
export function WorkspacePage(): ReactElement {
  const { t } = useI18n();
  return (
    <Page title={t('place.title')} wide>
      <h1>{t('place.title')}</h1>
      <p className="lead">{t('place.lead')}</p>
      <div className="place-panels">
        <ClockPanel />
        <SnapshotsPanel />
        <ResetPanel />
        <CountryPanel />
        <SettingsPanel />
      </div>
      <OthersPanel />
    </Page>
  );
}
