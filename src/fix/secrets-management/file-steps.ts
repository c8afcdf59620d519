import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { shellWord, uniqueSteps } from '../shared/steps.ts'
import { FILES_RULE, useOf } from './files.ts'
import type { Use } from './uses.ts'

/** What is left to do for variables from Secrets that became files. */
export function variableSteps(complaints: readonly Complaint[], context: FixContext): readonly NextStep[] {
  const uses = complaints
    .filter(({ ruleId }) => ruleId === FILES_RULE)
    .flatMap((complaint) => {
      const use = useOf(complaint, context)
      return 'refused' in use ? [] : [use]
    })
  const rollouts = uses.map(({ resource }): NextStep => {
    const isReplaced = resource.type === 'Job' || resource.type === 'Pod'
    return {
      kind: 'rollout',
      text: `Roll out ${resource.address}, which gets credentials from files now`,
      command: `kubectl ${isReplaced ? 'replace --force' : 'apply'} -f ${shellWord(resource.source.document.path)}`,
    }
  })
  return uniqueSteps([...rollouts, ...fileSteps(uses, context)])
}

/** What to read and to see after containers got their credentials as files. */
export function fileSteps(uses: readonly Use[], { estate }: FixContext): readonly NextStep[] {
  const steps = [...new Set(uses.map(({ resource }) => resource))].flatMap((resource): NextStep[] => {
    const names = [...new Set(uses.filter((use) => use.resource === resource).map(({ name }) => name))].join(', ')
    const namespace = deployedNamespace(resource, estate)
    const where = namespace === undefined ? '' : `-n ${shellWord(namespace)} `
    return [
      {
        kind: 'read',
        text: `${resource.address} gets ${names} from files now, which variables ending in _FILE name: the version that is rolled out has to read them, and so has what people run in the container`,
      },
      {
        kind: 'prove',
        text: `${resource.address} mounts the Secret, read-only, and names its files in place of the variables that held the values`,
        command: `kubectl ${where}describe ${resource.type.toLowerCase()}/${shellWord(resource.name)}`,
      },
    ]
  })
  return uniqueSteps(steps)
}
