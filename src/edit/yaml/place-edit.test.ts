import { expect, test } from 'vitest'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { readKubernetes } from '../../resources/kubernetes/index.ts'
import { containers, podTemplate } from '../../resources/kubernetes/workloads.ts'
import { Place } from '../../resources/place.ts'
import { applyWorkspaceEdit } from '../../text/workspace-edit.ts'
import { deleteAt, type KubernetesEdit, kubernetesEdit, setAt } from './place-edit.ts'

const TEXT = `# shop
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: c}
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
  spec:
    template:
      spec:
        hostPID: true   # why?
        containers:
        - name: web
          image: nginx
          securityContext:
            privileged: true
            # readOnlyRootFilesystem: true

        - name: side
---
apiVersion: v1
kind: Pod
metadata:
  name: p
`

function deployment(): { place: Place; spec: Place } {
  const { resources } = readKubernetes(new Map([['k/a.yaml', parseYaml('k/a.yaml', TEXT)]]))
  const resource = resources.find(({ type }) => type === 'Deployment')
  const place = resource && Place.of(resource)
  const spec = place && podTemplate(place)?.spec
  if (place === undefined || spec === undefined) throw new Error('no deployment')
  return { place, spec }
}

function apply(edit: KubernetesEdit): string {
  if ('refused' in edit) throw new Error(edit.refused)
  return applyWorkspaceEdit(new Map([['k/a.yaml', TEXT]]), edit).get('k/a.yaml') ?? ''
}

test('sets and deletes under the places of a list item', () => {
  const { spec } = deployment()
  const [web, side] = containers(spec)
  if (!web || !side) throw new Error('containers are missing')
  expect(apply(setAt(web.place, ['securityContext', 'privileged'], false))).toBe(
    TEXT.replace('privileged: true', 'privileged: false'),
  )
  expect(apply(setAt(side.place, ['resources', 'limits'], { memory: '512Mi' }))).toBe(
    TEXT.replace(
      '- name: side\n',
      '- name: side\n          resources:\n            limits:\n              memory: 512Mi\n',
    ),
  )
  expect(apply(deleteAt(spec, ['hostPID']))).toBe(TEXT.replace('        hostPID: true   # why?\n', ''))
  expect(apply(setAt(web.place, ['securityContext', 'allowPrivilegeEscalation'], false))).toBe(
    TEXT.replace('privileged: true\n', 'privileged: true\n            allowPrivilegeEscalation: false\n'),
  )
})

test('several changes are one edit; a pruned parent goes with its last key', () => {
  const { place } = deployment()
  if (place.resource.kind !== 'kubernetes') throw new Error('not Kubernetes')
  const pod = ['spec', 'template', 'spec'] as const
  const edit = kubernetesEdit(place.resource, [
    { op: 'delete', path: [...pod, 'containers', 0, 'securityContext', 'privileged'], prune: true },
    { op: 'set', path: [...pod, 'containers', 0, 'imagePullPolicy'], value: 'Always' },
    { op: 'append', path: [...pod, 'volumes'], value: { name: 'tmp', emptyDir: {} } },
  ])
  expect(apply(edit)).toBe(
    TEXT.replace(
      '          securityContext:\n            privileged: true\n',
      '          imagePullPolicy: Always\n',
    ).replace('- name: side\n', '- name: side\n        volumes:\n        - name: tmp\n          emptyDir: {}\n'),
  )
})

test('an edit that is not needed is empty', () => {
  const { spec } = deployment()
  expect(setAt(spec, ['hostPID'], true)).toEqual({
    changes: new Map([['k/a.yaml', []]]),
    creates: new Map(),
  })
})
