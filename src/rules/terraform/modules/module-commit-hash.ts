import { defineRule, notApplicable, undecided } from '../../rule.ts'
import { isCommit, moduleSource } from '../../shared/terraform-module-sources.ts'

export default defineRule({
  id: 'module-commit-hash',
  title: 'Modules from Git are pinned to a commit',
  severity: 'medium',
  severityReason:
    'Whoever can push to that repository moves the tag or branch, and the next apply runs their code with the rights of the ' +
    'deployment; it takes that repository first.',
  controls: ['CM-2', 'CM-3', 'SI-7'],
  sameAs: ['checkov:CKV_TF_1'],
  kind: 'terraform',
  resources: ['module'],
  messages: {
    unpinned: 'This module comes from the default branch of a Git repository, whatever is in there.',
    movable: 'This module comes from `{ref}`, which can be moved to another commit.',
  },
  remediation:
    'Pin the module to the commit that was reviewed, `?ref=<hash>`, and write the version into a comment beside it.',
  *check(call) {
    const at = call.get('source')
    const text = at.string()
    if (text.kind !== 'known') {
      yield undecided(at)
      return
    }
    const source = moduleSource(text.value)
    if (source.kind !== 'git') yield notApplicable('the module does not come from Git')
    else if (source.ref === undefined) yield { at, message: 'unpinned' }
    else if (!isCommit(source.ref)) yield { at, message: 'movable', data: { ref: source.ref } }
  },
})
