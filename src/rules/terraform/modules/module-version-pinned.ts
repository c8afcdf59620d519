import { defineRule, notApplicable, undecided } from '../../rule.ts'
import { isCommit, isOpenEnded, isVersionTag, moduleSource } from '../../shared/terraform-module-sources.ts'

export default defineRule({
  id: 'module-version-pinned',
  title: 'Modules from outside have a version',
  severity: 'low',
  severityReason:
    'The next release, good or bad, arrives with the next init and nobody decided so; an attacker needs the publisher first.',
  controls: ['CM-2', 'CM-3', 'SI-7'],
  sameAs: ['checkov:CKV_TF_2'],
  kind: 'terraform',
  resources: ['module'],
  messages: {
    unversioned: 'This module has no version, so each new release arrives by itself.',
    open: 'The version `{constraint}` has no upper bound, so each new release arrives by itself.',
    branch: 'This module comes from `{ref}`, which is neither a version nor a commit.',
  },
  remediation: 'Set `version` to the release that was reviewed, or `?ref=` to its tag or commit for a module from Git.',
  *check(call) {
    const at = call.get('source')
    const text = at.string()
    if (text.kind !== 'known') {
      yield undecided(at)
      return
    }
    const source = moduleSource(text.value)
    if (source.kind === 'git') {
      if (source.ref === undefined) yield { at, message: 'unversioned' }
      else if (!isCommit(source.ref) && !isVersionTag(source.ref)) {
        yield { at, message: 'branch', data: { ref: source.ref } }
      }
    } else if (source.kind === 'registry') {
      const version = call.get('version')
      const constraint = version.string()
      if (constraint.kind === 'absent') yield { at, message: 'unversioned' }
      else if (constraint.kind === 'unknown') yield undecided(version)
      else if (isOpenEnded(constraint.value))
        yield { at: version, message: 'open', data: { constraint: constraint.value } }
    } else yield notApplicable('a module from there has no version')
  },
})
