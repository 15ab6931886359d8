import type { Scenario } from '../../suite.js';
import { agreementScenarios } from './agreement-scenarios.js';
import { decidingScenarios } from './deciding-scenarios.js';
import { individualScenarios } from './individual-scenarios.js';
import { policyScenarios } from './policy-scenarios.js';
import { recordScenarios } from './record-scenarios.js';
import { webhookScenarios } from './webhook-scenarios.js';

/** The life of agreements, policies, individuals and consent records, and who is told of it. */
export function consentScenarios(): readonly Scenario[] {
  return [
    ...agreementScenarios(),
    ...policyScenarios(),
    ...individualScenarios(),
    ...recordScenarios(),
    ...decidingScenarios(),
    ...webhookScenarios(),
  ];
}
