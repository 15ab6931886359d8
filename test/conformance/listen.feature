Feature: Listen
  Events reach a run whether they come before or after it listens; each is consumed once.

  @feature(listen.one) @feature(listen.with)
  Scenario: One event that matches ends the wait
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-one, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1, source: 'https://bank.example' } } } } }
      """
    When the workflow is executed
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.paid.v1, source: 'https://bank.example', data: { amount: 20 } }
      """
    Then the workflow should complete with output:
      """yaml
      - amount: 20
      """

  @feature(listen.one) @feature(listen.with) @negative
  Scenario: Another event, and the same one from elsewhere, are not what it waits for
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-other, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1, source: 'https://bank.example' } } } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.refused.v1, source: 'https://bank.example' }
      """
    And the event is published:
      """yaml
      { type: example.paid.v1, source: 'https://elsewhere.example' }
      """
    Then the workflow should be waiting

  @feature(listen.with)
  Scenario: An attribute may be held against an expression
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-expression, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1, data: '${ .amount > 10 }' } } } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1, data: { amount: 5 } }
      """
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.paid.v1, data: { amount: 15 } }
      """
    Then the workflow should complete with output:
      """yaml
      - amount: 15
      """

  @feature(listen.any)
  Scenario: Any of several events ends the wait
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-any, version: '1.0.0' }
      do:
        - hear:
            listen: { to: { any: [ { with: { type: example.paid.v1 } }, { with: { type: example.refused.v1 } } ] } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.refused.v1, data: { why: no account } }
      """
    Then the workflow should complete with output:
      """yaml
      - why: no account
      """

  @feature(listen.any) @negative
  Scenario: An event that none of them is does not
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-none, version: '1.0.0' }
      do:
        - hear:
            listen: { to: { any: [ { with: { type: example.paid.v1 } }, { with: { type: example.refused.v1 } } ] } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.delayed.v1 }
      """
    Then the workflow should be waiting

  @feature(listen.any.until.expression)
  Scenario: Events are taken until an expression over them holds
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-until, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: ${ ( . | length ) == 2 }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 1 } }
      """
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 2 } }
      """
    Then the workflow should complete with output:
      """yaml
      - count: 1
      - count: 2
      """

  @feature(listen.any.until.expression) @negative
  Scenario: While the expression does not hold, it listens on
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-until-never, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: ${ any(.[]; .count == 9) }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 1 } }
      """
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 2 } }
      """
    Then the workflow should be waiting

  @feature(listen.any.until.strategy)
  Scenario: Events are taken until another event says that it is enough
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-until-event, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: { one: { with: { type: example.enough.v1 } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 1 } }
      """
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 2 } }
      """
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.enough.v1 }
      """
    Then the workflow should complete with output:
      """yaml
      - count: 1
      - count: 2
      """

  @feature(listen.any.until.strategy) @negative
  Scenario: Without that event it listens on
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-until-no-event, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: { one: { with: { type: example.enough.v1 } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 1 } }
      """
    Then the workflow should be waiting

  @feature(listen.all)
  Scenario: All of them must come, in whatever order
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-all, version: '1.0.0' }
      do:
        - hear:
            listen: { to: { all: [ { with: { type: example.first.v1 } }, { with: { type: example.second.v1 } } ] } }
            output: { as: 'map(.name) | sort' }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.second.v1, data: { name: second } }
      """
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.first.v1, data: { name: first } }
      """
    Then the workflow should complete with output:
      """yaml
      [ first, second ]
      """

  @feature(listen.all) @negative
  Scenario: The same one twice is not all of them
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: listen-not-all, version: '1.0.0' }
      do:
        - hear:
            listen: { to: { all: [ { with: { type: example.first.v1 } }, { with: { type: example.second.v1 } } ] } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.first.v1 }
      """
    And the event is published:
      """yaml
      { type: example.first.v1 }
      """
    Then the workflow should be waiting

  @feature(listen.correlate.expect)
  Scenario: An event is correlated with a value of the workflow
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: correlate-expect, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                one:
                  with: { type: example.paid.v1 }
                  correlate: { application: { from: .data.application, expect: '${ .application }' } }
      """
    And given the workflow input is:
      """yaml
      application: A-1
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1, data: { application: A-2 } }
      """
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.paid.v1, data: { application: A-1 } }
      """
    Then the workflow should complete with output:
      """yaml
      - application: A-1
      """

  @feature(listen.correlate.expect) @negative
  Scenario: An event that has no value to correlate does not match
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: correlate-nothing, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                one:
                  with: { type: example.paid.v1 }
                  correlate: { application: { from: .data.application, expect: A-1 } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1, data: { other: A-1 } }
      """
    Then the workflow should be waiting

  @feature(listen.correlate.from)
  Scenario: Without an expectation the first event sets it for the others
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: correlate-first, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                all:
                  - with: { type: example.first.v1 }
                    correlate: { application: { from: .data.application } }
                  - with: { type: example.second.v1 }
                    correlate: { application: { from: .data.application } }
            output: { as: 'map(.application)' }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.first.v1, data: { application: A-1 } }
      """
    And the event is published:
      """yaml
      { type: example.second.v1, data: { application: A-2 } }
      """
    Then the workflow should be waiting
    When the event is published:
      """yaml
      { type: example.second.v1, data: { application: A-1 } }
      """
    Then the workflow should complete with output:
      """yaml
      [ A-1, A-1 ]
      """

  @feature(listen.correlate.from) @negative
  Scenario: A correlation that does not say from what is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: correlate-what, version: '1.0.0' }
      do:
        - hear:
            listen:
              to: { one: { with: { type: example.paid.v1 }, correlate: { application: { expect: A-1 } } } }
      """
    Then the definition should be refused because ""from" is missing"

  @feature(listen.read.data)
  Scenario: Read as data, an event is its data
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: read-data, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } }, read: data } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1, data: { amount: 20 } }
      """
    Then the workflow should complete with output:
      """yaml
      - amount: 20
      """

  @feature(listen.read.envelope)
  Scenario: Read as an envelope, an event is all of it
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: read-envelope, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } }, read: envelope } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { id: e-1, source: 'https://bank.example', type: example.paid.v1, subject: A-1, data: { amount: 20 } }
      """
    Then the workflow should complete
    And the workflow output should have a '0.subject' property with value:
      """yaml
      A-1
      """
    And the workflow output should have properties '0.id', '0.source', '0.type', '0.specversion', '0.data.amount'

  @feature(listen.read.raw)
  Scenario: Read raw, an event is its data as it came
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: read-raw, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } }, read: raw } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1, datacontenttype: text/plain, data: twenty }
      """
    Then the workflow should complete with output:
      """yaml
      [ twenty ]
      """

  @feature(listen.read.data) @feature(listen.read.envelope) @feature(listen.read.raw) @negative
  Scenario: Another way to read is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: read-loud, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } }, read: aloud } }
      """
    Then the definition should be refused because "/do/0/hear/listen/read"

  @feature(listen.foreach.item) @feature(listen.foreach.at) @feature(listen.foreach.do) @feature(listen.foreach.output)
  Scenario: Each event is worked on as it comes, under the names that are given
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: foreach-do, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: { one: { with: { type: example.enough.v1 } } }
            foreach:
              item: counted
              at: place
              do:
                - note: { set: { text: '${ "\($place): \($counted.count)" }' } }
              output: { as: .text }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 10 } }
      """
    Then note should run 1 time
    When the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 20 } }
      """
    And the event is published:
      """yaml
      { type: example.enough.v1 }
      """
    Then the workflow should complete with output:
      """yaml
      [ '0: 10', '1: 20' ]
      """

  @feature(listen.foreach.item) @feature(listen.foreach.at) @feature(listen.foreach.do) @feature(listen.foreach.output) @negative
  Scenario: What fails for one event faults the listener
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: foreach-fault, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: { one: { with: { type: example.enough.v1 } } }
            foreach:
              do:
                - note: { set: { half: '${ $item.count / 2 }', at: '${ $index }' } }
              output: { as: .half }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: many } }
      """
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      """

  @feature(listen.foreach.export)
  Scenario: Each event may add to the context
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: foreach-export, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: { one: { with: { type: example.enough.v1 } } }
            foreach:
              do:
                - note: { set: { count: '${ $item.count }' } }
              export: { as: '{ sum: (($context.sum // 0) + .count) }' }
        - tell: { set: '${ $context }' }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 10 } }
      """
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: 20 } }
      """
    And the event is published:
      """yaml
      { type: example.enough.v1 }
      """
    Then the workflow should complete with output:
      """yaml
      sum: 30
      """

  @feature(listen.foreach.export) @negative
  Scenario: A context that an event makes unfit faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: foreach-export-unfit, version: '1.0.0' }
      do:
        - hear:
            listen:
              to:
                any: [ { with: { type: example.counted.v1 } } ]
                until: { one: { with: { type: example.enough.v1 } } }
            foreach:
              export: { as: .count, schema: { document: { type: integer } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.counted.v1, data: { count: many } }
      """
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      """

  @feature(listen.early)
  Scenario: An event that comes before its listener is kept for it
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: early-event, version: '1.0.0' }
      do:
        - pause: { wait: PT1H }
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1, data: { amount: 20 } }
      """
    And the clock moves by PT1H
    Then the workflow should complete with output:
      """yaml
      - amount: 20
      """

  @feature(listen.early) @negative
  Scenario: An event that comes twice is one event
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: twice-an-event, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } } } }
        - again: { listen: { to: { one: { with: { type: example.paid.v1 } } } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { id: same, type: example.paid.v1 }
      """
    And the event is published:
      """yaml
      { id: same, type: example.paid.v1 }
      """
    Then the workflow should be waiting
