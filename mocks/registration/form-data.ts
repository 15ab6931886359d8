import { SandboxError } from '../../contracts/problems.js';
import type { ApplicationData } from './application.js';
import type { Service } from './service.js';
import type { RegistrationState } from './state.js';

/**
 * Raises GSB-REQ-001 when form data names an e-form that the service does not have, or does not fit it. Data that
 * names no e-form is taken as it is: the published document asks for none.
 */
export async function assertFormData(
  state: RegistrationState,
  service: Pick<Service, 'eForms' | 'name'>,
  { formData }: ApplicationData,
): Promise<void> {
  if (formData?.eFormId === undefined) return;
  const form = service.eForms.includes(formData.eFormId)
    ? await state.eForms.get(formData.eFormId)
    : undefined;
  if (!form) {
    const known = service.eForms.join(', ') || 'none';
    throw new SandboxError('GSB-REQ-001', {
      detail: `/body/formData/eFormId is not an e-form of ${service.name}; there are: ${known}`,
    });
  }
  const errors = state.formSchemas.problems(form.doc, formData.data ?? {});
  if (errors.length > 0) throw new SandboxError('GSB-REQ-001', { detail: errors.join('; ') });
}
