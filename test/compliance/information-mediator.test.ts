import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'information-mediator',
  count: 28,
  // Words of JSON Schema, in what the seeds put behind the services.
  magic: [/^(object|string)$/],
});
