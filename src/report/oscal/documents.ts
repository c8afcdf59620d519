import type { Evidence } from '../../compliance/evidence.ts'
import type { RequirementResult } from '../../compliance/comply.ts'
import {
  CATALOG_FILE,
  COMPONENT_FILE,
  controlId,
  metadata,
  type OscalInput,
  PLAN_FILE,
  prop,
  RESULTS_FILE,
  timeOf,
} from './parts.ts'
import { uuidOf } from './uuid.ts'

/**
 * OSCAL 1.1.3 (https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/): assessment results, the plan that they must import, a
 * catalogue of our own ids (the standards' texts are theirs), and the definition of the components that were assessed. Same
 * input, same bytes: UUIDs are made of names, times are the day of the assessment.
 * @returns file name -> document
 */
export function oscalDocuments(input: OscalInput): ReadonlyMap<string, object> {
  return new Map([
    [CATALOG_FILE, catalog(input)],
    [PLAN_FILE, assessmentPlan(input)],
    [RESULTS_FILE, assessmentResults(input)],
    [COMPONENT_FILE, componentDefinition(input)],
  ])
}

function catalog(input: OscalInput): object {
  const { result } = input
  return {
    catalog: {
      uuid: uuidOf('catalog', result.framework),
      metadata: metadata(input, `${result.title}: requirements in words of our own`),
      controls: result.requirements.map((requirement) => ({
        id: controlId(requirement),
        title: requirement.subject,
        props: [...prop('requirement', requirement.id), ...prop('kind', requirement.kind)],
        parts: [
          { id: `${controlId(requirement)}_smt`, name: 'statement', prose: requirement.subject },
          ...(requirement.evidenceWanted === undefined
            ? []
            : [{ id: `${controlId(requirement)}_evd`, name: 'evidence', prose: requirement.evidenceWanted }]),
        ],
      })),
    },
  }
}

function assessmentPlan(input: OscalInput): object {
  const { result, project } = input
  const ssp = uuidOf('no-ssp', project)
  return {
    'assessment-plan': {
      uuid: uuidOf('plan', project, result.framework, result.asOf),
      metadata: metadata(input, `Assessment of the configuration of ${project}`),
      'import-ssp': {
        href: `#${ssp}`,
        remarks: 'The repository holds no system security plan in OSCAL; the assessment is of its configuration.',
      },
      'reviewed-controls': reviewedControls(result.requirements),
      'back-matter': {
        resources: [
          { uuid: ssp, title: `Repository of ${project}`, description: 'What was assessed, in place of a plan' },
        ],
      },
    },
  }
}

function reviewedControls(requirements: readonly RequirementResult[]): object {
  const select = (given: readonly RequirementResult[]): object[] =>
    given.map((requirement) => ({ 'control-id': controlId(requirement) }))
  const left = requirements.filter((requirement) => !applies(requirement))
  return {
    'control-selections': [
      {
        'include-controls': select(requirements.filter(applies)),
        ...(left.length > 0 && { 'exclude-controls': select(left) }),
      },
    ],
  }
}

function applies({ status }: RequirementResult): boolean {
  return status !== 'NOT APPLICABLE'
}

function assessmentResults(input: OscalInput): object {
  const { result, audit, project } = input
  const items = new Map<string, object>()
  const observations = new Map<string, object>()
  const findings = result.requirements.filter(applies).map((requirement) => {
    const related = requirement.evidence.map((evidence) => ({ 'observation-uuid': observe(evidence) }))
    return finding(input, requirement, related)
  })
  return {
    'assessment-results': {
      uuid: uuidOf('results', project, result.framework, result.asOf),
      metadata: metadata(input, `Results for ${project}, ${result.title}`),
      'import-ap': { href: PLAN_FILE },
      results: [
        {
          uuid: uuidOf('result', project, result.framework, result.asOf),
          title: `${result.title}, as of ${result.asOf}`,
          description: `Configuration of ${project}, audited by ${audit.tool.name} ${audit.tool.version}. Strict score: ${result.scores.strict}.`,
          start: timeOf(result.asOf),
          end: timeOf(result.asOf),
          props: [
            ...prop('score-strict', String(result.scores.strict)),
            ...prop('score-progress', String(result.scores.progress)),
            ...prop('score-coverage', String(result.scores.coverage)),
            ...result.requirements
              .filter((requirement) => !applies(requirement))
              .flatMap(({ id, reason }) => prop('not-applicable', `${id}: ${reason}`)),
          ],
          ...(items.size > 0 && { 'local-definitions': { 'inventory-items': [...items.values()] } }),
          'reviewed-controls': reviewedControls(result.requirements),
          ...(observations.size > 0 && { observations: [...observations.values()] }),
          findings,
        },
      ],
    },
  }

  /** One observation for each check, however many requirements it speaks to. */
  function observe(evidence: Evidence): string {
    const { ruleId, ruleVersion, address, file, line, outcome, sha256 } = evidence
    const uuid = uuidOf('observation', project, result.asOf, ruleId, address, file, String(line), outcome, sha256)
    if (observations.has(uuid)) return uuid
    const item = uuidOf('item', project, address, file)
    items.set(item, {
      uuid: item,
      description: address === '' ? 'The project' : address,
      props: prop('address', address),
    })
    observations.set(uuid, {
      uuid,
      title: `${ruleId}: ${outcome}`,
      description: `${ruleId} ${outcome} on ${address}${file === '' ? '' : `, ${file}:${line}`}`,
      props: [
        ...prop('rule', ruleId),
        ...prop('rule-version', ruleVersion),
        ...prop('outcome', outcome),
        ...prop('file', file),
        ...prop('line', file === '' ? '' : String(line)),
        ...prop('sha256', sha256),
      ],
      methods: ['TEST'],
      types: ['control-objective'],
      subjects: [{ 'subject-uuid': item, type: 'inventory-item' }],
      collected: timeOf(result.asOf),
    })
    return uuid
  }
}

/** OSCAL knows satisfied and not: what is partly there, ready to be fixed or not tested is not, and says why. */
function finding({ result, project }: OscalInput, requirement: RequirementResult, related: readonly object[]): object {
  const { id, status, subject, reason, attestation, exceptions } = requirement
  const satisfied = status === 'PASS' || status === 'ATTESTED'
  return {
    uuid: uuidOf('finding', project, result.asOf, id),
    title: `${id}: ${status}`,
    description: reason === '' ? subject : reason,
    props: [
      ...prop('status', status),
      ...prop('reason', reason),
      ...(attestation === undefined
        ? []
        : [
            ...prop('attested-by', attestation.owner),
            ...prop('attested-on', attestation.date),
            ...prop('attested-until', attestation.expires),
            ...prop('attestation-sha256', attestation.evidence.sha256),
          ]),
      ...exceptions.flatMap((exception) =>
        prop('exception', `${exception.target}: ${exception.reason} (${exception.owner}, until ${exception.expires})`),
      ),
    ],
    target: {
      type: 'objective-id',
      'target-id': `${controlId(requirement)}_smt`,
      status: {
        state: satisfied ? 'satisfied' : 'not-satisfied',
        reason: satisfied ? 'pass' : status === 'FAIL' || status === 'READY' ? 'fail' : 'other',
      },
    },
    ...(related.length > 0 && { 'related-observations': related }),
  }
}

function componentDefinition(input: OscalInput): object {
  const { result, audit, project } = input
  const rules = [
    ...new Set(result.requirements.flatMap(({ evidence }) => evidence.map(({ ruleId }) => ruleId))),
  ].toSorted()
  const supported = result.requirements.filter(({ evidence }) => evidence.length > 0)
  const implementation = (owner: string, describe: (requirement: RequirementResult) => string): object[] =>
    supported.length === 0
      ? []
      : [
          {
            uuid: uuidOf('implementation', project, result.framework, owner),
            source: CATALOG_FILE,
            description: `${result.title}, as far as configuration speaks to it`,
            'implemented-requirements': supported.map((requirement) => ({
              uuid: uuidOf('implemented', project, requirement.id, owner),
              'control-id': controlId(requirement),
              description: describe(requirement),
              props: prop('status', requirement.status),
            })),
          },
        ]
  const component = (owner: string, part: object, describe: (requirement: RequirementResult) => string): object => {
    const implementations = implementation(owner, describe)
    return {
      uuid: uuidOf('component', project, owner),
      ...part,
      ...(implementations.length > 0 && { 'control-implementations': implementations }),
    }
  }
  return {
    'component-definition': {
      uuid: uuidOf('components', project, result.framework, result.asOf),
      metadata: metadata(input, `Components of ${project}`),
      components: [
        component(
          'configuration',
          {
            type: 'software',
            title: `Configuration of ${project}`,
            description: `${audit.project.resources} resources declared in ${audit.project.files} files`,
          },
          ({ status, reason }) => (reason === '' ? status : `${status}: ${reason}`),
        ),
        component(
          'checks',
          {
            type: 'validation',
            title: `${audit.tool.name} ${audit.tool.version}`,
            description: 'The rules that judged the configuration',
            ...(rules.length > 0 && { props: rules.flatMap((rule) => prop('rule', rule)) }),
          },
          ({ evidence }) => `Checked by ${[...new Set(evidence.map(({ ruleId }) => ruleId))].toSorted().join(', ')}`,
        ),
      ],
    },
  }
}
