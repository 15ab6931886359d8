Feature: What is refused
  When a document is validated, not when it runs, and with the reason.

  @feature(call.asyncapi) @negative
  Scenario: Calls of AsyncAPI are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - publish:
            call: asyncapi
            with:
              document: { endpoint: 'https://services.example/asyncapi.yaml' }
              operation: tell
              message: { payload: { a: 1 } }
      """
    Then the definition should be refused because ""call: asyncapi" is refused"

  @feature(call.grpc) @negative
  Scenario: Calls of gRPC are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - ask:
            call: grpc
            with:
              proto: { endpoint: 'https://services.example/greet.proto' }
              service: { name: Greeter, host: services.example }
              method: greet
      """
    Then the definition should be refused because ""call: grpc" is refused"

  @feature(call.a2a) @negative
  Scenario: Calls of agents are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - ask: { call: a2a, with: { method: message/send, server: 'https://services.example/agent' } }
      """
    Then the definition should be refused because ""call: a2a" is refused"

  @feature(call.mcp) @negative
  Scenario: Calls of tools of models are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - inner:
            do:
              - ask:
                  call: mcp
                  with: { method: tools/list, transport: { http: { endpoint: 'https://services.example/mcp' } } }
      """
    Then the definition should be refused because ""call: mcp" is refused"

  @feature(run.container) @feature(run.return) @negative
  Scenario: Containers are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - work: { run: { container: { image: alpine }, return: code } }
      """
    Then the definition should be refused because ""run: container" is refused"

  @feature(run.script) @negative
  Scenario: Scripts are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - work: { run: { script: { language: js, code: 'return 1' } } }
      """
    Then the definition should be refused because ""run: script" is refused"

  @feature(run.shell) @negative
  Scenario: Shell commands are refused, inside a catch too
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refused, version: '1.0.0' }
      do:
        - attempt:
            try:
              - fine: { set: { a: 1 } }
            catch:
              do:
                - work: { run: { shell: { command: ls } } }
      """
    Then the definition should be refused because ""run: shell" is refused"

  @feature(run.shell) @feature(run.script) @feature(run.container) @negative
  Scenario: Data that is called like a refused task is data
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: not-refused, version: '1.0.0' }
      do:
        - make: { set: { run: { shell: { command: ls } }, call: grpc } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { run: { shell: { command: ls } }, call: grpc }
      """
