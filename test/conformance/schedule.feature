Feature: Schedule
  Workflows that start by themselves, on the workspace's clock or when events come.

  @feature(schedule.every)
  Scenario: Every so often
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: every-hour, version: '1.0.0' }
      schedule: { every: { hours: 1 } }
      do:
        - tell: { set: { at: '${ now | todate }' } }
      """
    When the workflow is deployed
    Then the workflow "every-hour" should have run 0 times
    When the clock moves by PT3H
    Then the workflow "every-hour" should have run 3 times
    And the last run of "every-hour" should complete with output:
      """yaml
      at: '2026-03-01T11:00:00Z'
      """

  @feature(schedule.every) @negative
  Scenario: Not before the time has come, and not for a duration that is none
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: every-hour, version: '1.0.0' }
      schedule: { every: PT1H }
      do:
        - tell: { set: { a: 1 } }
      """
    When the workflow is deployed
    And the clock moves by PT59M
    Then the workflow "every-hour" should have run 0 times

  @feature(schedule.every) @negative
  Scenario: A duration that is none is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: every-so-often, version: '1.0.0' }
      schedule: { every: so often }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "/schedule/every"

  @feature(schedule.cron)
  Scenario: At the instants of a cron expression
    Given the clock stands at 2026-02-27T12:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: monthly, version: '1.0.0' }
      schedule: { cron: '30 6 1 * *' }
      do:
        - tell: { set: { at: '${ now | todate }' } }
      """
    When the workflow is deployed
    And the clock moves by P2M
    Then the workflow "monthly" should have run 2 times
    And the last run of "monthly" should complete with output:
      """yaml
      at: '2026-04-01T06:30:00Z'
      """

  @feature(schedule.cron) @negative
  Scenario: What is no cron expression is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-cron, version: '1.0.0' }
      schedule: { cron: 'every day at noon' }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "/schedule/cron"

  @feature(schedule.after)
  Scenario: Again a while after it has ended
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: again, version: '1.0.0' }
      schedule: { after: PT30M }
      do:
        - work: { wait: PT1H }
      """
    When the workflow is deployed
    And the clock moves by PT1H
    Then the workflow "again" should have run 1 time
    When the clock moves by PT29M
    Then the workflow "again" should have run 1 time
    When the clock moves by PT1M
    Then the workflow "again" should have run 2 times

  @feature(schedule.after) @negative
  Scenario: Not again while it has not ended
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: patient, version: '1.0.0' }
      schedule: { after: PT1M }
      do:
        - hear: { listen: { to: { one: { with: { type: example.never.v1 } } } } }
      """
    When the workflow is deployed
    And the clock moves by P1D
    Then the workflow "patient" should have run 1 time

  @feature(schedule.on) @feature(schedule.read)
  Scenario: When an event comes, with the events as input
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: on-application, version: '1.0.0' }
      schedule: { on: { one: { with: { type: example.applied.v1 } } } }
      do:
        - tell: { set: { applicants: '${ map(.name) }' } }
      """
    When the workflow is deployed
    And the event is published:
      """yaml
      { type: example.applied.v1, data: { name: Amina } }
      """
    And the clock moves by PT1M
    And the event is published:
      """yaml
      { type: example.applied.v1, data: { name: Kwame } }
      """
    Then the workflow "on-application" should have run 2 times
    And the last run of "on-application" should complete with output:
      """yaml
      applicants: [ Kwame ]
      """

  @feature(schedule.on) @negative
  Scenario: Not for another event, nor for the same one twice
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: on-application, version: '1.0.0' }
      schedule: { on: { one: { with: { type: example.applied.v1 } } } }
      do:
        - tell: { set: { applicants: '${ map(.name) }' } }
      """
    When the workflow is deployed
    And the event is published:
      """yaml
      { type: example.withdrawn.v1, data: { name: Amina } }
      """
    Then the workflow "on-application" should have run 0 times
    When the event is published:
      """yaml
      { id: same, type: example.applied.v1, data: { name: Amina } }
      """
    And the event is published:
      """yaml
      { id: same, type: example.applied.v1, data: { name: Amina } }
      """
    Then the workflow "on-application" should have run 1 time

  @feature(schedule.on)
  Scenario: When all of several events have come
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: on-all, version: '1.0.0' }
      schedule:
        on:
          all:
            - with: { type: example.first.v1 }
            - with: { type: example.second.v1 }
      do:
        - tell: { set: { names: '${ map(.name) | sort }' } }
      """
    When the workflow is deployed
    And the event is published:
      """yaml
      { type: example.second.v1, data: { name: second } }
      """
    Then the workflow "on-all" should have run 0 times
    When the event is published:
      """yaml
      { type: example.first.v1, data: { name: first } }
      """
    Then the last run of "on-all" should complete with output:
      """yaml
      names: [ first, second ]
      """

  @feature(schedule.read)
  Scenario: The events may be read as envelopes
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: on-envelope, version: '1.0.0' }
      schedule: { on: { one: { with: { type: example.applied.v1 } } }, read: envelope }
      do:
        - tell: { set: { subjects: '${ map(.subject) }' } }
      """
    When the workflow is deployed
    And the event is published:
      """yaml
      { type: example.applied.v1, subject: A-1, data: { name: Amina } }
      """
    Then the last run of "on-envelope" should complete with output:
      """yaml
      subjects: [ A-1 ]
      """

  @feature(schedule.read) @negative
  Scenario: Another way to read is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: on-aloud, version: '1.0.0' }
      schedule: { on: { one: { with: { type: example.applied.v1 } } }, read: aloud }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "/schedule/read"
