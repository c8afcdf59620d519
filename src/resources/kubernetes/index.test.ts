import { describe, expect, test } from 'vitest'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { Place } from '../place.ts'
import type { KubernetesResource } from '../resource.ts'
import { readKubernetes } from './index.ts'
import { readRendered, renderCommands } from './render.ts'
import { containers, podTemplate } from './workloads.ts'

function read(files: Record<string, string>): ReturnType<typeof readKubernetes> {
  return readKubernetes(
    new Map(Object.entries(files).map(([path, text]): [string, YamlFile] => [path, parseYaml(path, text)])),
  )
}

function only(text: string, path = 'a.yaml'): { resource: KubernetesResource; place: Place; text: string } {
  const { resources } = read({ [path]: text })
  const [resource] = resources
  if (resource === undefined || resources.length !== 1) throw new Error(`${resources.length} resources`)
  return { resource, place: Place.of(resource), text }
}

function shown(text: string, place: Place): string {
  const { span } = place.location
  return text.slice(span.start, span.end)
}

describe('readKubernetes', () => {
  test('addresses, roots and headers of objects in several documents, lists and JSON', () => {
    const { resources, diagnostics } = read({
      'k8s/a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n---\n# none\n---\napiVersion: v1\nkind: List\nitems:\n' +
        '- apiVersion: v1\n  kind: Pod\n  metadata:\n    generateName: job-\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: 7}}\n',
      'k8s/b.json': '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}}',
      'other/a.yml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n',
      'pods.yaml': 'apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: p}\n',
    })
    expect(diagnostics).toEqual([])
    expect(resources.map(({ root, address }) => `${root} ${address}`)).toEqual([
      'k8s Service/shop/web',
      'k8s Pod//job-*',
      'k8s ConfigMap//7',
      'k8s Service/shop/web#2',
      'other Service/shop/web',
      '. Pod//p',
    ])
    expect(resources.map(({ header }) => header.document.text.slice(header.span.start, header.span.end))).toEqual([
      'Service',
      'Pod',
      'ConfigMap',
      '"Service"',
      'Service',
      'p',
    ])
    expect(resources[1]?.source.index).toBe(2)
  })

  test('other YAML is no Kubernetes', () => {
    const { resources } = read({
      'docker-compose.yml': 'version: "3"\nservices: {web: {image: x}}\n',
      'values.yaml': 'kind: x\nimage: y\n',
      'Chart.yaml': 'apiVersion: v2\nname: x\n',
      'list.yaml': '- apiVersion: v1\n  kind: Pod\n',
      'typed.yaml': 'apiVersion: 1\nkind: Pod\n',
      'package.json': '{"name": "x"}',
      'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
    })
    expect(resources).toEqual([])
  })

  test('values know where they are written, through aliases and merge keys', () => {
    const { place, text } = only(
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - &web\n    name: web\n    securityContext: &sc\n      runAsUser: 0\n' +
        '  - <<: *web\n    name: side\n  - name: third\n    securityContext: *sc\n',
    )
    const [web, side, third] = place.get('spec', 'containers').items()
    expect([web, side, third].map((item) => item?.get('securityContext', 'runAsUser').number())).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'known', value: 0 })),
    )
    expect(side?.get('name').string()).toEqual({ kind: 'known', value: 'side' })
    if (!web || !third) throw new Error('containers are missing')
    expect(shown(text, web.get('securityContext'))).toBe('securityContext')
    expect(third.get('securityContext', 'runAsUser').location).toEqual(web.get('securityContext', 'runAsUser').location)
    expect(shown(text, web.get('resources', 'limits'))).toBe('name')
  })

  test('numbers, booleans and nulls', () => {
    const { place } = only('apiVersion: v1\nkind: Pod\nspec: {a: 0644, b: yes, c: "true", d: ~, e: , f: 1.5}\n')
    const spec = place.get('spec')
    expect(spec.get('a').number()).toEqual({ kind: 'known', value: 420 })
    expect(spec.get('b').string()).toEqual({ kind: 'known', value: 'yes' })
    expect(spec.get('c').bool()).toEqual({ kind: 'known', value: true })
    expect(['d', 'e', 'g'].map((key) => spec.get(key).absent)).toEqual([true, true, true])
    expect(spec.get('f').number()).toEqual({ kind: 'known', value: 1.5 })
  })

  test('the data of a Secret are sensitive', () => {
    const { resource } = only('apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n')
    const data = resource.value.entries.get('stringData')
    expect(data?.kind === 'map' && data.entries.get('password')?.sensitive).toBe(true)
    expect(resource.value.entries.get('kind')?.sensitive).toBeUndefined()
  })

  test('Helm: one diagnostic for a chart, expressions in strings are unknown', () => {
    const { resources, diagnostics, layout } = read({
      'app/Chart.yaml': 'apiVersion: v2\nname: web\n',
      'app/values.yaml': 'image: x\n',
      'app/templates/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
      'app/templates/b.yaml': '{{- if .Values.b }}\napiVersion: v1\nkind: Pod\n{{- end }}\n',
      'app/templates/c.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: c\nspec:\n  hostname: "{{ .Values.h }}"\n',
      'app/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\n',
      'app/charts/db/templates/d.yaml': 'a: {{ .x }}\n',
    })
    expect(diagnostics.map(({ file, code, message }) => `${file} ${code} ${message.slice(0, 2)}`)).toEqual([
      'app/Chart.yaml helm-template 2 ',
      'app/charts/db/Chart.yaml helm-template 1 ',
    ])
    expect(resources.map(({ address }) => address)).toEqual(['Pod//c'])
    const [pod] = resources
    expect(pod && Place.of(pod).get('spec', 'hostname').string().kind).toBe('unknown')
    expect(renderCommands(layout)).toEqual([
      {
        tool: 'helm',
        folder: 'app',
        args: ['template', '--skip-tests', '--', 'release', './app'],
        covers: [
          'app/charts/db/templates/d.yaml',
          'app/templates/a.yaml',
          'app/templates/b.yaml',
          'app/templates/c.yaml',
        ],
      },
    ])
  })

  test('Kustomize: patches are no objects, overlays are said not to be applied', () => {
    const { resources, diagnostics, layout } = read({
      'base/kustomization.yaml': 'resources:\n- web.yaml\n',
      'base/web.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
      'prod/kustomization.yaml': 'resources:\n- ../base\npatches:\n- path: more.yaml\n- patch: |-\n    - op: remove\n',
      'prod/more.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
      'far/kustomization.yaml': 'resources:\n- github.com/x/y//z?ref=v1\n',
    })
    expect(resources.map(({ root, address }) => `${root} ${address}`)).toEqual(['base Deployment//web'])
    expect(diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'far/kustomization.yaml kustomize-not-rendered',
      'prod/kustomization.yaml kustomize-not-rendered',
    ])
    expect(renderCommands(layout)).toEqual([
      { tool: 'kustomize', folder: 'prod', args: ['build', './prod'], covers: [] },
    ])
  })

  test('what helm prints is split by template', () => {
    const command = { tool: 'helm', folder: 'app', args: [], covers: [] } as const
    const output =
      '---\n# Source: web/templates/a.yaml\na: 1\n---\n# Source: web/charts/db/templates/d.yaml\nd: 1\n---\n# Source: web/templates/a.yaml\na: 2\n'
    expect(readRendered(command, output)).toEqual([
      {
        path: 'app/charts/db/templates/d.rendered.yaml',
        source: 'app/charts/db/templates/d.yaml',
        text: '---\n# Source: web/charts/db/templates/d.yaml\nd: 1\n',
      },
      {
        path: 'app/templates/a.rendered.yaml',
        source: 'app/templates/a.yaml',
        text: '---\n# Source: web/templates/a.yaml\na: 1\n---\n# Source: web/templates/a.yaml\na: 2\n',
      },
    ])
  })
})

test("the samples of Gatekeeper's suites are no resources, and a suite hides nothing outside of its folder", () => {
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n'
  const { resources } = read({
    'p/suite.yaml':
      'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\nmetadata: {name: s}\ntests:\n- name: t\n  cases:\n' +
      '  - {name: a, object: samples/a.yaml, inventory: [b.yaml]}\n  - {name: c, object: ../c.yaml}\n',
    'p/samples/a.yaml': object,
    'p/b.yaml': object,
    'p/d.yaml': object,
    'c.yaml': object,
  })
  expect(resources.map(({ root, address }) => `${root} ${address}`)).toEqual([
    '. ConfigMap//c',
    'p ConfigMap//c',
    'p Suite//s',
  ])
})

describe('workloads', () => {
  const POD = '{initContainers: [{name: i}], containers: [{name: a}, {image: x}], ephemeralContainers: [{name: e}]}'

  test.each([
    ['Pod', `spec: ${POD}`],
    ['Deployment', `spec: {template: {spec: ${POD}}}`],
    ['DeploymentConfig', `spec: {template: {spec: ${POD}}}`],
    ['StatefulSet', `spec: {template: {spec: ${POD}}}`],
    ['CronJob', `spec: {jobTemplate: {spec: {template: {spec: ${POD}}}}}`],
    ['PodTemplate', `template: {spec: ${POD}}`],
  ])('containers of a %s', (kind, body) => {
    const { place } = only(`apiVersion: v1\nkind: ${kind}\n${body}\n`)
    const template = podTemplate(place)
    if (template === undefined) throw new Error('no pod template')
    expect(containers(template.spec).map(({ role, name, index }) => `${role} ${name} ${index}`)).toEqual([
      'init i 0',
      'container a 0',
      'container [1] 1',
      'ephemeral e 0',
    ])
  })

  test('a Service makes no pods', () => {
    expect(podTemplate(only('apiVersion: v1\nkind: Service\n').place)).toBeUndefined()
  })
})
