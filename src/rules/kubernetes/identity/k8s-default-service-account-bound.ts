import { defineRule, notApplicable, undecided } from '../../rule.ts'

export default defineRule({
  id: 'k8s-default-service-account-bound',
  title: 'No rights are bound to a default ServiceAccount',
  severity: 'medium',
  severityReason:
    'Every pod of the namespace that names no ServiceAccount gets these rights, those included that nobody meant. How much ' +
    'that is depends on the role, which the rules about roles judge.',
  controls: ['AC-6', 'IA-5'],
  sameAs: ['checkov:CKV_K8S_42'],
  kind: 'kubernetes',
  resources: ['ClusterRoleBinding', 'RoleBinding'],
  messages: {
    bound: '{role} is bound to the default ServiceAccount of {namespace}: all pods there that name no other have it.',
  },
  remediation:
    'Create a ServiceAccount for the one program that needs these rights, name it in the pod (`serviceAccountName`) and in ' +
    'the binding.',
  *check(binding) {
    const { resource } = binding
    if (resource.kind === 'kubernetes' && !resource.apiVersion.startsWith('rbac.authorization.k8s.io/')) {
      return yield notApplicable(`${resource.apiVersion} is not Kubernetes' own RBAC`)
    }
    const subjects = binding.get('subjects')
    if (subjects.mayHaveMore()) yield undecided(subjects)
    for (const subject of subjects.items()) {
      const kind = subject.get('kind').string()
      const at = subject.get('name')
      if (kind.kind === 'known' && kind.value !== 'ServiceAccount') continue
      const name = at.string()
      if (name.kind === 'known' && name.value !== 'default') continue
      if (name.kind === 'unknown' || kind.kind === 'unknown') {
        yield undecided(name.kind === 'unknown' ? at : subject.get('kind'))
      } else if (name.kind === 'known' && kind.kind === 'known') {
        const role = binding.get('roleRef', 'name').value
        const namespace = subject.get('namespace').value
        const data = {
          role: role?.kind === 'string' ? role.value : 'A role',
          namespace: namespace?.kind === 'string' ? namespace.value : 'its namespace',
        }
        yield { at, message: 'bound', data, key: `default:${data.namespace}` }
      }
    }
  },
})
