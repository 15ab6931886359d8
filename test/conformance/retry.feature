Feature: Retry
  A try is made again, on the clock, until its policy says that it is enough.

  @feature(retry.inline) @feature(retry.delay) @feature(retry.limit.attempt.count)
  Scenario: It is tried again after the delay
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-delay, version: '1.0.0' }
      do:
        - attempt:
            try:
              - send: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/2' } }
            catch:
              retry: { delay: { minutes: 10 }, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    Then the workflow should be waiting
    And the next timer should be due at 2026-03-01T08:10:00Z
    When the clock moves by PT20M
    Then the workflow should complete with output:
      """yaml
      attempts: 3
      """
    And services.example should receive 3 requests

  @feature(retry.inline) @feature(retry.delay) @negative
  Scenario: While the delay lasts, nothing is tried
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-not-yet, version: '1.0.0' }
      do:
        - attempt:
            try:
              - send: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/2' } }
            catch:
              retry: { delay: { minutes: 10 }, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    And the clock moves by PT9M
    Then the workflow should be waiting
    And services.example should receive 1 request

  @feature(retry.limit.attempt.count) @negative
  Scenario: After its last attempt the error goes up
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-count, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT1S, limit: { attempt: { count: 2 } } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 503
      """

  @feature(retry.limit.attempt.count) @negative
  Scenario: The count is that of the retries, the first attempt is none
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-count-of-retries, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT1S, limit: { attempt: { count: 3 } } }
      """
    When the workflow is executed
    Then the workflow should fault
    And complain should run 4 times

  @feature(retry.named) @feature(use.retries)
  Scenario: A policy may be named
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-named, version: '1.0.0' }
      use: { retries: { patiently: { delay: PT1H, limit: { duration: PT3H } } } }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: patiently
              do:
                - tell: { set: { gaveUp: true } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      gaveUp: true
      """
    And complain should run 4 times

  @feature(retry.named) @feature(use.retries) @negative
  Scenario: A policy that is not declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-undeclared, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch: { retry: forever }
      """
    Then the definition should be refused because "forever"

  @feature(retry.when)
  Scenario: It is tried again when the condition of the policy holds
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-when, version: '1.0.0' }
      do:
        - attempt:
            try:
              - ask: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/1' } }
            catch:
              as: problem
              retry: { when: $problem.status == 503, delay: PT1S, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    Then the workflow should complete
    And services.example should receive 2 requests

  @feature(retry.when) @negative
  Scenario: It is not tried again when the condition of the policy does not hold
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-not-when, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 400 } } }
            catch:
              retry: { when: $error.status == 503, delay: PT1S, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    Then the workflow should fault
    And complain should run 1 time

  @feature(retry.exceptWhen)
  Scenario: It is tried again unless the exception holds
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-unless, version: '1.0.0' }
      do:
        - attempt:
            try:
              - ask: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/1' } }
            catch:
              retry: { exceptWhen: $error.status == 400, delay: PT1S, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    Then the workflow should complete
    And services.example should receive 2 requests

  @feature(retry.exceptWhen) @negative
  Scenario: It is not tried again when the exception holds
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-except, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 400 } } }
            catch:
              retry: { exceptWhen: $error.status == 400, delay: PT1S, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    Then the workflow should fault
    And complain should run 1 time

  @feature(retry.backoff)
  Scenario Outline: With <backoff> backoff the third attempt comes at <third>
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-backoff, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT10S, backoff: { <backoff>: {} }, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    And the clock moves by PT10S
    Then the next timer should be due at <second>
    When the clock moves to the next timer
    Then the next timer should be due at <third>

    Examples:
      | backoff     | second               | third                |
      | constant    | 2026-03-01T08:00:20Z | 2026-03-01T08:00:30Z |
      | linear      | 2026-03-01T08:00:30Z | 2026-03-01T08:01:00Z |
      | exponential | 2026-03-01T08:00:30Z | 2026-03-01T08:01:10Z |

  @feature(retry.backoff) @negative
  Scenario: Two kinds of backoff at once are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-two-backoffs, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT10S, backoff: { linear: {}, constant: {} } }
      """
    Then the definition should be refused because "backoff"

  @feature(retry.limit.duration)
  Scenario: Attempts end when they have taken long enough in all
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-duration, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT10S, limit: { duration: PT35S, attempt: { count: 49 } } }
      """
    When the workflow is executed
    Then the workflow should fault
    And complain should run 4 times

  @feature(retry.limit.duration) @negative
  Scenario: A limit that is not reached limits nothing
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-duration-long, version: '1.0.0' }
      do:
        - attempt:
            try:
              - ask: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/3' } }
            catch:
              retry: { delay: PT10S, limit: { duration: P1D } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      attempts: 4
      """

  @feature(retry.limit.attempt.duration)
  Scenario: An attempt that takes too long is given up, and the next one begins
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-attempt-duration, version: '1.0.0' }
      do:
        - attempt:
            try:
              - pause: { wait: PT1H }
            catch:
              errors: { with: { status: 408 } }
              retry: { delay: PT1M, limit: { attempt: { count: 4, duration: PT5M } } }
      """
    When the workflow is executed
    Then the next timer should be due at 2026-03-01T08:05:00Z
    When the clock moves by PT5M
    Then the next timer should be due at 2026-03-01T08:06:00Z
    When the clock moves by PT1M
    Then the next timer should be due at 2026-03-01T08:11:00Z
    And pause should run 2 times

  @feature(retry.limit.attempt.duration) @negative
  Scenario: An attempt that is done in time is not given up
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-attempt-in-time, version: '1.0.0' }
      do:
        - attempt:
            try:
              - pause: { wait: PT4M }
            catch:
              retry: { delay: PT1M, limit: { attempt: { count: 0, duration: PT5M } } }
      """
    When the workflow is executed
    Then the workflow should complete
    And pause should run 1 time

  @feature(retry.jitter)
  Scenario: Jitter moves the attempt within its bounds
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-jitter, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT10S, jitter: { from: PT5S, to: PT9S }, limit: { attempt: { count: 4 } } }
      """
    When the workflow is executed
    Then the next timer should be due between 2026-03-01T08:00:15Z and 2026-03-01T08:00:19Z

  @feature(retry.jitter) @negative
  Scenario: Jitter without an upper bound is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retry-half-a-jitter, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 503 } } }
            catch:
              retry: { delay: PT10S, jitter: { from: PT5S } }
      """
    Then the definition should be refused because "jitter"
