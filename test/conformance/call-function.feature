Feature: Call a function

  @feature(call.function) @feature(use.functions) @feature(call.function.with)
  Scenario: A function of the workflow gets what it is called with
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: own-function, version: '1.0.0' }
      use:
        functions:
          greet: { set: { greeting: '${ "Hello \(.name)" }' } }
      do:
        - hello: { call: greet, with: { name: '${ .person }' } }
      """
    And given the workflow input is:
      """yaml
      person: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeting: Hello Amina
      """

  @feature(call.function) @feature(use.functions) @negative
  Scenario: A function that nobody declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-function, version: '1.0.0' }
      do:
        - hello: { call: greet, with: { name: Amina } }
      """
    Then the definition should be refused because "greet"

  @feature(call.function.with) @negative
  Scenario: What a function is called with must be computable
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: broken-arguments, version: '1.0.0' }
      use:
        functions:
          greet: { set: { greeting: hello } }
      do:
        - hello: { call: greet, with: { name: '${ .person - 1 }' } }
      """
    And given the workflow input is:
      """yaml
      person: Amina
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      """

  @feature(call.function.default)
  Scenario: A function of the default catalog goes by name and version
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catalog-function, version: '1.0.0' }
      do:
        - check: { call: 'humanTask:1.0.0@default', with: { title: Check it, role: case-officer, form: check } }
      """
    When the workflow is executed
    Then the workflow should be waiting
    And the task "check" should wait for a person

  @feature(call.function.default) @negative
  Scenario: A function that the default catalog does not have is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-catalog-function, version: '1.0.0' }
      do:
        - check: { call: 'teleport:1.0.0@default' }
      """
    Then the definition should be refused because "teleport"

  @feature(call.function.catalog) @feature(use.catalogs)
  Scenario: A function of a catalog lies in a file under its name and version
    Given the file "catalog/functions/greet/1.0.0/function.yaml" is:
      """yaml
      set: { greeting: '${ "Hello \(.name)" }' }
      """
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: own-catalog, version: '1.0.0' }
      use: { catalogs: { training: { endpoint: catalog } } }
      do:
        - hello: { call: 'greet:1.0.0@training', with: { name: Amina } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeting: Hello Amina
      """

  @feature(call.function.catalog) @feature(use.catalogs) @negative
  Scenario: A catalog that nobody declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-catalog, version: '1.0.0' }
      do:
        - hello: { call: 'greet:1.0.0@nowhere', with: { name: Amina } }
      """
    Then the definition should be refused because "nowhere"

  @feature(call.function.catalog) @feature(use.catalogs) @negative
  Scenario: A catalog on another host is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: foreign-catalog, version: '1.0.0' }
      use: { catalogs: { training: { endpoint: 'https://services.example/catalog' } } }
      do:
        - hello: { call: 'greet:1.0.0@training', with: { name: Amina } }
      """
    Then the definition should be refused because "/use/catalogs/training/endpoint"
