// Says in one line, after the summary, which tests did not run because their service was not there.
const services = {
  SANDBOX_TEST_REDIS_URL: 'Redis',
  SANDBOX_TEST_MONGODB_URI: 'MongoDB',
  SANDBOX_TEST_KEYCLOAK_URL: 'Keycloak',
  SANDBOX_TEST_SMTP_URL: 'a mail server',
};

class SkippedServices {
  onRunComplete() {
    const missing = Object.entries(services).filter(([variable]) => !process.env[variable]);
    if (missing.length === 0) return;
    const names = missing.map(([, name]) => name).join(', ');
    process.stderr.write(
      `\nSkipped: the tests against ${names}. To run them too: infra/ci/with-services.sh npm test\n`,
    );
  }
}

// Jest looks for a default export.
export { SkippedServices as default };
