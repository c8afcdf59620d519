import { count } from '../words.ts'
import { byRule, type DocumentInput, openFindings, placeOf } from './input.ts'
import { type Block, code, type Document, heading, list, section, table, text } from './model.ts'

const WEAK = new Set(['ignore', 'warn', 'dryrun', 'audit'])

/** What of the cluster's admission is declared here, where it lets things through, and what it would have to stop. */
export function admissionAnalysis(input: DocumentInput): Document {
  const { admission } = input
  const kubernetes = openFindings(input).filter(({ resource }) => resource.kind === 'kubernetes')
  return {
    title: 'Admission analysis',
    blocks: [
      text(
        admission.length === 0
          ? 'The repository declares no admission control: no Gatekeeper templates or constraints, no webhooks, no validating admission policies, no pod security labels.'
          : `${count(admission.length, 'object')} of admission control declared.`,
      ),
      ...section(
        'Declared',
        table(
          'By kind; the action is what happens to a request that breaks the policy, or while the webhook does not answer',
          ['Kind', 'Name', 'Action', 'Place'],
          admission.map(({ kind, name, action, file, line }) => [kind, code(name), action, code(`${file}:${line}`)]),
        ),
      ),
      ...weaknesses(input),
      ...section('What admission would have to stop', [
        ...(kubernetes.length === 0 ? [text('Nothing: no open finding is about a Kubernetes object.')] : []),
        ...table(
          'Open findings on objects that pass through admission, one row for each rule',
          ['Severity', 'What should be so, and is not', '#Objects', 'First place'],
          byRule(kubernetes).map(([finding, number]) => [
            finding.severity,
            finding.title,
            String(number),
            placeOf(finding),
          ]),
        ),
      ]),
      heading('What this cannot show'),
      ...list([
        'Which of these objects runs in the cluster, and whether others do: compare with `kubectl get`.',
        'Whether a policy matches what it should: run its own tests.',
        'Objects that were admitted before a policy: an audit of the cluster shows them.',
      ]),
    ],
  }
}

function weaknesses({ admission }: DocumentInput): readonly Block[] {
  const open = admission.filter(({ action }) => WEAK.has(action.toLowerCase()))
  const webhooks = open.filter(({ kind }) => kind.endsWith('WebhookConfiguration'))
  const items = [
    ...webhooks.map(({ name }) => [
      code(name),
      ' fails open: while it does not answer, everything is admitted. Failing closed needs the control plane and its own namespace exempted, or the cluster can lock itself out.',
    ]),
    ...open
      .filter(({ kind }) => !kind.endsWith('WebhookConfiguration'))
      .map(({ name, action }) => [code(name), ` is on ${action}: it reports and admits.`]),
  ]
  return section('Where it lets things through', list(items))
}
