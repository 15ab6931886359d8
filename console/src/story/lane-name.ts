import { useI18n } from '../i18n/i18n.js';
import type { Lane } from '../model/lanes.js';

/** What stands at the head of a lane. */
export function useLaneName(): (lane: Lane) => string {
  const { t } = useI18n();
  return (lane) => {
    switch (lane) {
      case 'citizen':
        return t('role.citizen');
      case 'officers':
        return t('story.officers');
      case 'service':
        return t('story.service');
      case 'mediator':
        return t('story.mediator');
      case 'others':
        return t('story.others');
      default:
        return t(`block.${lane}`);
    }
  };
}
