import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'digital-registries',
  count: 57,
  magic: [],
});
