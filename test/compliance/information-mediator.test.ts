import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'information-mediator',
  count: 28,
  documents: [
    {
      place: 'bb-information-mediator/suite-era/gov-stack_im_service_metadata_api-0.3-swagger.yaml',
      prefix: '/{GovStackInstance}/{memberClass}/{memberCode}/{applicationCode}',
    },
    {
      place:
        'bb-information-mediator/suite-era/gov-stack_im_service_metadata_list-clients_api-0.3-swagger.yaml',
    },
  ],
  // Words of JSON Schema, in what the seeds put behind the services.
  magic: [/^(object|string)$/],
});
