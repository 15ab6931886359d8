Feature: Document
  What a definition says about itself, and how its expressions are read.

  @feature(document.dsl) @feature(document.namespace) @feature(document.name) @feature(document.version)
  Scenario: A definition names itself
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: names-itself, version: '0.3.1' }
      do:
        - tell:
            set:
              name: ${ $workflow.definition.document.name }
              namespace: ${ $workflow.definition.document.namespace }
              version: ${ $workflow.definition.document.version }
              dsl: ${ $workflow.definition.document.dsl }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { name: names-itself, namespace: conformance, version: 0.3.1, dsl: 1.0.3 }
      """

  @feature(document.dsl) @negative
  Scenario: Another version of the language is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '0.8', namespace: conformance, name: old, version: '1.0.0' }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "/document/dsl"

  @feature(document.namespace) @feature(document.name) @feature(document.version) @negative
  Scenario Outline: A definition whose <member> is <value> is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: <namespace>, name: <name>, version: '<version>' }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "/document/<member>"

    Examples:
      | member    | value      | namespace   | name   | version |
      | namespace | two words  | two words   | refused | 1.0.0   |
      | name      | under_line | conformance | under_line | 1.0.0   |
      | version   | one        | conformance | refused | one     |

  @feature(document.title) @feature(document.summary) @feature(document.tags) @feature(document.metadata)
  Scenario: A definition describes itself
    Given a workflow with definition:
      """yaml
      document:
        dsl: '1.0.3'
        namespace: conformance
        name: described
        version: '1.0.0'
        title: A described workflow
        summary: It **says** what it is.
        tags: { area: social-protection }
        metadata: { owner: ministry }
      do:
        - tell:
            set:
              title: ${ $workflow.definition.document.title }
              area: ${ $workflow.definition.document.tags.area }
              owner: ${ $workflow.definition.document.metadata.owner }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { title: A described workflow, area: social-protection, owner: ministry }
      """

  @feature(document.title) @feature(document.summary) @feature(document.tags) @feature(document.metadata) @negative
  Scenario Outline: A <member> of the wrong type is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: described, version: '1.0.0', <member>: [ 1 ] }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "/document/<member>"

    Examples:
      | member   |
      | title    |
      | summary  |
      | tags     |
      | metadata |

  @feature(evaluate.language)
  Scenario: The language jq may be named
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: in-jq, version: '1.0.0' }
      evaluate: { language: jq }
      do:
        - add: { set: { sum: '${ [ .numbers[] ] | add }' } }
      """
    And given the workflow input is:
      """yaml
      numbers: [ 1, 2, 3 ]
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      sum: 6
      """

  @feature(evaluate.language) @negative
  Scenario: Another expression language is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: in-cel, version: '1.0.0' }
      evaluate: { language: cel }
      do:
        - add: { set: { sum: 1 } }
      """
    Then the definition should be refused because "/evaluate/language"

  @feature(evaluate.mode)
  Scenario: Strictly, only what stands in braces is an expression
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: strictly, version: '1.0.0' }
      evaluate: { mode: strict }
      do:
        - add: { set: { sum: '.a + 1', braces: '${ .a + 1 }' } }
      """
    And given the workflow input is:
      """yaml
      a: 2
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { sum: .a + 1, braces: 3 }
      """

  @feature(evaluate.mode)
  Scenario: Loosely, any text is tried as an expression
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: loosely, version: '1.0.0' }
      evaluate: { mode: loose }
      do:
        - add: { set: { sum: '.a + 1', words: 'not an expression' } }
      """
    And given the workflow input is:
      """yaml
      a: 2
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { sum: 3, words: not an expression }
      """

  @feature(evaluate.mode) @negative
  Scenario: Another mode is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: sloppy, version: '1.0.0' }
      evaluate: { mode: sloppy }
      do:
        - add: { set: { sum: 1 } }
      """
    Then the definition should be refused because "/evaluate/mode"
