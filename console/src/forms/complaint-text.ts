import type { I18n } from '../i18n/i18n.js';
import type { Complaint } from '../model/form-errors.js';

export function complaintText(complaint: Complaint, t: I18n['t']): string {
  switch (complaint.kind) {
    case 'other':
      return complaint.message;
    case 'least':
    case 'most':
    case 'longer':
    case 'shorter':
    case 'items':
      return t(`form.error.${complaint.kind}`, { n: complaint.n });
    default:
      return t(`form.error.${complaint.kind}`);
  }
}
