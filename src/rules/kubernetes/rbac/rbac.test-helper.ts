import type { Snippet } from '../../../testing/index.ts'

/** A ClusterRole, or another kind, around its rules in flow style, each `{...}`; the first is on line 5. */
export function role(rules: readonly string[], kind = 'ClusterRole', metadata = ''): Snippet {
  const head = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: r${metadata}}\nrules:\n`
  return { path: 'rbac.yaml', text: `${head}${rules.map((rule) => `- {${rule}}\n`).join('')}` }
}

/** A right in flow style: `rule('', 'secrets', 'get, list')`. */
export function rule(groups: string, resources: string, verbs: string, more = ''): string {
  return `apiGroups: [${groups === '' ? '""' : groups}], resources: [${resources}], verbs: [${verbs}]${more}`
}

/** The role with a binding of it. */
export function bound(
  declared: Snippet,
  {
    kind = 'ClusterRoleBinding',
    roleKind = 'ClusterRole',
    metadata = '',
    subject = 'kind: ServiceAccount, name: s, namespace: n',
  } = {},
): Snippet {
  const binding = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: {name: b${metadata}}\n`
  const reference = `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${roleKind}, name: r}\n`
  return { path: declared.path, text: `${declared.text}---\n${binding}${reference}subjects: [{${subject}}]\n` }
}
