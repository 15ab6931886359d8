Feature: What this sandbox adds
  Under metadata.sandbox, or as a function of the default catalog: documents stay valid against the published schema.

  @feature(sandbox.humanTask) @feature(sandbox.humanTask.role) @feature(sandbox.humanTask.form)
  Scenario: A person does a task
    Given the form "decision" is:
      """yaml
      { type: object, required: [ approved ], properties: { approved: { type: boolean } } }
      """
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: human-task, version: '1.0.0' }
      do:
        - decide:
            call: humanTask:1.0.0@default
            with: { title: Decide, role: case-officer, form: decision, data: { name: '${ .name }' } }
            output: { as: '{ approved: .data.approved, role: .by.role }' }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should be waiting
    And the task "decide" should wait for a person
    When a case-officer completes the task "decide" with:
      """yaml
      approved: true
      """
    Then the workflow should complete with output:
      """yaml
      { approved: true, role: case-officer }
      """
    And no task should wait for a person

  @feature(sandbox.humanTask) @feature(sandbox.humanTask.role) @feature(sandbox.humanTask.form) @negative
  Scenario: Another role, or data that the form does not take, change nothing
    Given the form "decision" is:
      """yaml
      { type: object, required: [ approved ], properties: { approved: { type: boolean } } }
      """
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: human-task-refused, version: '1.0.0' }
      do:
        - decide: { call: 'humanTask:1.0.0@default', with: { title: Decide, role: case-officer, form: decision } }
      """
    When the workflow is executed
    Then a payments-maker should not be able to complete the task "decide" with:
      """yaml
      approved: true
      """
    And a case-officer should not be able to complete the task "decide" with:
      """yaml
      approved: perhaps
      """
    And the workflow should be waiting
    And the task "decide" should wait for a person

  @feature(sandbox.humanTask.deadline)
  Scenario: A timeout is the deadline of a human task, which is then withdrawn
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: human-deadline, version: '1.0.0' }
      do:
        - attempt:
            try:
              - decide:
                  timeout: { after: P3D }
                  call: humanTask:1.0.0@default
                  with: { title: Decide, role: case-officer, form: decision }
            catch:
              errors: { with: { status: 408 } }
              do:
                - lapse: { set: { lapsed: true } }
      """
    When the workflow is executed
    And the clock moves by P3D
    Then the workflow should complete with output:
      """yaml
      lapsed: true
      """
    And no task should wait for a person

  @feature(sandbox.humanTask.deadline) @negative
  Scenario: A task that is done in time does not lapse
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: human-in-time, version: '1.0.0' }
      do:
        - decide:
            timeout: { after: P3D }
            call: humanTask:1.0.0@default
            with: { title: Decide, role: case-officer, form: decision }
            output: { as: .data }
      """
    When the workflow is executed
    And the clock moves by P2D
    And a case-officer completes the task "decide" with:
      """yaml
      approved: true
      """
    And the clock moves by P2D
    Then the workflow should complete with output:
      """yaml
      approved: true
      """
    And no timer should be set

  @feature(sandbox.humanTask.escalate)
  Scenario: A task that is not done in time goes to another role
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: human-escalation, version: '1.0.0' }
      do:
        - decide:
            call: humanTask:1.0.0@default
            with:
              title: Decide
              role: case-officer
              form: decision
              due: P3D
              escalate: { after: due, to: payments-maker }
            output: { as: .data }
      """
    When the workflow is executed
    And the clock moves by P3D
    And a payments-maker completes the task "decide" with:
      """yaml
      approved: true
      """
    Then the workflow should complete with output:
      """yaml
      approved: true
      """

  @feature(sandbox.humanTask.escalate) @negative
  Scenario: Before its time, nobody else may do it
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-escalation-yet, version: '1.0.0' }
      do:
        - decide:
            call: humanTask:1.0.0@default
            with:
              title: Decide
              role: case-officer
              form: decision
              escalate: { after: P3D, to: payments-maker }
      """
    When the workflow is executed
    And the clock moves by P2D
    Then a payments-maker should not be able to complete the task "decide" with:
      """yaml
      approved: true
      """

  @feature(sandbox.concurrency)
  Scenario: Iterations side by side give their outputs in the order of the items
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: parallel-map, version: '1.0.0' }
      do:
        - map:
            for: { each: hours, in: '[ 3, 1, 2 ]' }
            metadata: { sandbox: { concurrency: 3 } }
            do:
              - pause: { wait: '${ "PT\($hours)H" }' }
              - note: { set: { hours: '${ $hours }', index: '${ $index }', seen: '${ .seen }' } }
      """
    And given the workflow input is:
      """yaml
      seen: none
      """
    When the workflow is executed
    And the clock moves by PT3H
    Then the workflow should complete with output:
      """yaml
      - { hours: 3, index: 0, seen: none }
      - { hours: 1, index: 1, seen: none }
      - { hours: 2, index: 2, seen: none }
      """

  @feature(sandbox.concurrency) @negative
  Scenario: No more run at a time than the concurrency allows
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: parallel-map-limit, version: '1.0.0' }
      do:
        - map:
            for: { in: '[ 1, 2, 3 ]' }
            metadata: { sandbox: { concurrency: 2 } }
            do:
              - pause: { wait: PT1H }
      """
    When the workflow is executed
    Then pause should run 2 times
    When the clock moves by PT1H
    Then pause should run 3 times
    And the workflow should be waiting

  @feature(sandbox.concurrency) @negative
  Scenario: A concurrency of none is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: parallel-map-none, version: '1.0.0' }
      do:
        - map:
            for: { in: '[ 1 ]' }
            metadata: { sandbox: { concurrency: 0 } }
            do:
              - note: { set: { a: 1 } }
      """
    Then the definition should be refused because "concurrency"

  @feature(sandbox.onItemError)
  Scenario: Failed items may be collected in their place
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: collect, version: '1.0.0' }
      do:
        - map:
            for: { each: number, in: '[ 1, 2, 3 ]' }
            metadata: { sandbox: { concurrency: 2, onItemError: collect } }
            do:
              - check:
                  if: $number == 2
                  raise: { error: { type: 'https://errors.example/two', status: 409 } }
              - note: { set: { number: '${ $number }' } }
            output: { as: 'map(.number // .error.status)' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      [ 1, 409, 3 ]
      """

  @feature(sandbox.onItemError) @negative
  Scenario: Otherwise the first failed item faults the map
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: stop, version: '1.0.0' }
      do:
        - map:
            for: { each: number, in: '[ 1, 2, 3 ]' }
            metadata: { sandbox: { concurrency: 1, onItemError: stop } }
            do:
              - check:
                  if: $number == 2
                  raise: { error: { type: 'https://errors.example/two', status: 409 } }
              - note: { set: { number: '${ $number }' } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/two
      """
    And note should run 1 time

  @feature(sandbox.compensate)
  Scenario: What was done is undone in reverse order when the run faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: compensation, version: '1.0.0' }
      use:
        functions:
          release: { call: http, with: { method: delete, endpoint: 'https://services.example/echo/reservation' } }
          refund: { call: http, with: { method: delete, endpoint: 'https://services.example/echo/payment' } }
      do:
        - reserve:
            call: http
            with: { method: put, endpoint: 'https://services.example/echo/reservation' }
            metadata: { sandbox: { compensate: release } }
        - pay:
            call: http
            with: { method: put, endpoint: 'https://services.example/echo/payment' }
            metadata: { sandbox: { compensate: refund } }
        - fail: { raise: { error: { type: 'https://errors.example/late', status: 500 } } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/late
      """
    And services.example should receive the requests:
      """yaml
      - PUT /echo/reservation
      - PUT /echo/payment
      - DELETE /echo/payment
      - DELETE /echo/reservation
      """

  @feature(sandbox.compensate)
  Scenario: And when it is cancelled
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: compensation-cancelled, version: '1.0.0' }
      use:
        functions:
          release: { call: http, with: { method: delete, endpoint: 'https://services.example/echo/reservation' } }
      do:
        - reserve:
            call: http
            with: { method: put, endpoint: 'https://services.example/echo/reservation' }
            metadata: { sandbox: { compensate: release } }
        - pause: { wait: P1D }
      """
    When the workflow is executed
    And the workflow is cancelled
    Then the workflow should be cancelled
    And services.example should receive the requests:
      """yaml
      - PUT /echo/reservation
      - DELETE /echo/reservation
      """

  @feature(sandbox.compensate) @negative
  Scenario: What completes is not undone, nor what was not done
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-compensation, version: '1.0.0' }
      use:
        functions:
          release: { call: http, with: { method: delete, endpoint: 'https://services.example/echo/reservation' } }
      do:
        - reserve:
            call: http
            with: { method: put, endpoint: 'https://services.example/echo/reservation' }
            metadata: { sandbox: { compensate: release } }
      """
    When the workflow is executed
    Then the workflow should complete
    And services.example should receive 1 request

  @feature(sandbox.compensate) @negative
  Scenario: A compensation that nobody declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: undeclared-compensation, version: '1.0.0' }
      do:
        - reserve:
            set: { a: 1 }
            metadata: { sandbox: { compensate: unreserve } }
      """
    Then the definition should be refused because "unreserve"

  @feature(sandbox.narration)
  Scenario: A task may name its step and its sentence
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: narrated, version: '1.0.0' }
      do:
        - tell:
            set: { a: 1 }
            metadata: { sandbox: { step: registration, narration: told } }
      """
    When the workflow is executed
    Then the workflow should complete
    And the journal should hold the events:
      """yaml
      - { type: task.completed, name: tell, step: registration, narration: told }
      """

  @feature(sandbox.narration) @negative
  Scenario: An addition that there is not is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: mistaken, version: '1.0.0' }
      do:
        - tell:
            set: { a: 1 }
            metadata: { sandbox: { naration: told } }
      """
    Then the definition should be refused because "naration"
