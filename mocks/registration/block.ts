import type { Block, BlockDeps } from '../../contracts/block.js';
import { createContractBlock } from '../kit/contract-block.js';
import { loadOpenApi } from '../kit/load-openapi.js';
import { collections } from './collections.js';
import { createFormSchemas } from './form-schemas.js';
import { completeTaskById } from './operations/complete-task-by-id.js';
import { getApplicantFileList } from './operations/get-applicant-file-list.js';
import { getApplicationFileById } from './operations/get-application-file-by-id.js';
import { getDocument } from './operations/get-document.js';
import { getEForm } from './operations/get-e-form.js';
import { getServiceList } from './operations/get-service-list.js';
import { getServiceSchemaByServiceKey } from './operations/get-service-schema-by-service-key.js';
import { getService } from './operations/get-service.js';
import { getTaskById } from './operations/get-task-by-id.js';
import { getTasks } from './operations/get-tasks.js';
import { statistics } from './operations/statistics.js';
import { submitApplication } from './operations/submit-application.js';
import { updateApplicationFileForm } from './operations/update-application-file-form.js';
import { uploadFile } from './operations/upload-file.js';
import { registrationRefusal } from './refusal.js';
import { seedRegistration } from './seed.js';
import { registrationState, type RegistrationState } from './state.js';

/** The registration building block, simulated. Services and their forms come as seeds. */
export function createRegistrationBlock(deps: BlockDeps): Block {
  const formSchemas = createFormSchemas();
  return createContractBlock<RegistrationState>(
    {
      id: 'registration',
      title: 'Registration',
      openapi: loadOpenApi(import.meta.url, './openapi.yaml'),
      state: (scope) => registrationState(scope, formSchemas),
      collections,
      operations: {
        getServiceList,
        getService,
        getServiceSchemaByServiceKey,
        getEForm,
        submitApplication,
        getApplicantFileList,
        getApplicationFileById,
        updateApplicationFileForm,
        getTasks,
        getTaskById,
        completeTaskById,
        uploadFile,
        getDocument,
        Statistics: statistics,
        // The older dialect: another path, the same figures.
        StatisticsOlder: statistics,
      },
      seed: seedRegistration,
      refusal: registrationRefusal,
    },
    deps,
  );
}
