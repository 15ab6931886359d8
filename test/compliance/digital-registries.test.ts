import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'digital-registries',
  count: 57,
  // Names of fields, and words of JSON Schema and of the query: what requests and seeds are built of.
  magic: [
    /^(ID|FirstName|LastName|BirthCertificateID)$/,
    /^(ascending|descending)$/,
    /^( ?some )?(object|string)$/,
    'any',
  ],
});
