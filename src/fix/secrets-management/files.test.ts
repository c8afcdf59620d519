import { describe, expect, test } from 'vitest'
import fixer from './index.ts'
import { CLUSTER, leaksLeft, plan, workload } from './rules.test-helper.ts'

const ALL = { secrets: { files: ['*'] } }
const LEAK = '            - {name: DB_PASSWORD, value: hunter2-and-more}\n'
const REFERENCE = `            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: db
                  key: password
`

type Plan = ReturnType<typeof plan>

function run(manifest: string, values: Parameters<typeof plan>[2] = ALL, more: Record<string, string> = {}): Plan {
  return plan({ 'k8s/api.yaml': manifest, 'infra/main.tf': CLUSTER, ...more }, 'B', values)
}

function manifest(result: Plan): string {
  return result.files.get('k8s/api.yaml') ?? ''
}

/** Why findings of k8s-secrets-as-files stay, those included that the fix of a leak brought. */
function reasons(result: Plan): string[] {
  const refused = result.refused.filter(({ judged }) => judged.finding.ruleId === 'k8s-secrets-as-files')
  if (refused.length > 0) return refused.map(({ reason }) => reason)
  const left = result.after.judged.filter(({ finding }) => finding.ruleId === 'k8s-secrets-as-files')
  return left.map(({ remedy }) => (remedy.kind === 'none' ? (remedy.reason ?? '') : ''))
}

function filesLeft(result: Plan): string[] {
  return [...leaksLeft(result), ...result.after.judged.flatMap(({ finding }) => finding.ruleId)].filter((id) =>
    id.startsWith('k8s-'),
  )
}

describe('a leaked credential', () => {
  test('goes to a file where the program is known to read one', () => {
    const result = run(
      workload(`            - name: DB_PASSWORD
              value: hunter2-and-more # rotated never
            - name: LOG
              value: info
`),
      { secrets: { files: ['shop/api'] } },
    )
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result)).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: api
          image: shop/api:1
          env:
            - name: DB_PASSWORD_FILE
              value: /var/run/secrets/api-credentials/DB_PASSWORD # rotated never
            - name: LOG
              value: info
          volumeMounts:
            - name: api-credentials
              mountPath: /var/run/secrets/api-credentials
              readOnly: true
      volumes:
        - name: api-credentials
          secret:
            secretName: api-credentials
            defaultMode: 292
            items:
              - key: DB_PASSWORD
                path: DB_PASSWORD
      serviceAccountName: api
`)
    expect(plan(Object.fromEntries(result.files), 'B', ALL).changes).toEqual([])
  })

  test('by the name of the container, for the variables that are named', () => {
    const files = [{ program: 'api', variables: ['DB_PASSWORD'] }]
    const result = run(workload(`${LEAK}            - {name: API_TOKEN, value: abcdef-123456}\n`), {
      secrets: { files },
    })
    expect(manifest(result)).toContain('{name: DB_PASSWORD_FILE, value: /var/run/secrets/api-credentials/DB_PASSWORD}')
    expect(manifest(result)).toContain('{name: API_TOKEN, valueFrom: {secretKeyRef: ')
    expect(manifest(result).match(/path: /g)).toHaveLength(1)
    expect(reasons(result)).toEqual([
      'only the program can read a file: once that of container api reads the files that variables ending in _FILE name, list shop/api in values.secrets.files',
    ])
  })

  test('a URL of several parts is one file', () => {
    const url = '            - {name: DATABASE_URL, value: "postgres://api:hunter2-and-more@db/shop"}\n'
    const result = run(workload(LEAK + url))
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result)).toContain('/var/run/secrets/api-credentials/DATABASE_URL')
    expect(result.files.get('k8s/external-secrets.yaml')).toContain('postgres://api:{{ .DB_PASSWORD }}@db/shop')
  })

  test.each([
    [
      'configMapKeyRef',
      `            - {name: TOKEN, valueFrom: {configMapKeyRef: {name: settings, key: API_TOKEN}}}\n`,
      'TOKEN',
    ],
    [
      'envFrom',
      `            - {name: A, value: b}\n          envFrom: [{configMapRef: {name: settings}}]\n`,
      'API_TOKEN',
    ],
    [
      'envFrom with a prefix',
      `            - {name: A, value: b}\n          envFrom: [{prefix: X_, configMapRef: {name: settings}}]\n`,
      'X_API_TOKEN',
    ],
  ])('out of a ConfigMap by %s', (_, env, name) => {
    const map = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata:\n  API_TOKEN: abcdef-123456\n  MODE: fast\n`
    const result = run(workload(env), ALL, { 'k8s/settings.yaml': map })
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result)).toContain(`name: ${name}_FILE`)
    expect(manifest(result)).toContain('/var/run/secrets/settings-credentials/API_TOKEN')
    expect(manifest(result)).not.toMatch(/configMapKeyRef|secretKeyRef/)
  })

  test('of a CronJob and its init container: each sees only its own keys', () => {
    const job = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: migrate
              image: shop/migrate:1
              env: [{name: MIGRATION_PASSWORD, value: hunter2-and-more}]
          containers:
            - name: run
              image: shop/run:1
              env:
                - name: API_TOKEN
                  value: abcdef-123456
              volumeMounts:
                - {name: nightly-credentials, mountPath: /cache}
          volumes:
            - {name: nightly-credentials, emptyDir: {}}
`
    const result = run(job)
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result)).toContain(
      'env: [{name: MIGRATION_PASSWORD_FILE, value: /var/run/secrets/nightly-credentials-2/MIGRATION_PASSWORD}]',
    )
    expect(manifest(result)).toContain('value: /var/run/secrets/nightly-credentials-3/API_TOKEN')
    expect(manifest(result).match(/secretName: nightly-credentials/g)).toHaveLength(2)
    expect(manifest(result).match(/ path: .*/g)).toEqual([' path: MIGRATION_PASSWORD', ' path: API_TOKEN'])
  })

  test('a list of variables that two containers share by an anchor: one volume for both', () => {
    const shared =
      workload(LEAK).replace('env:\n', 'env: &env\n') +
      '        - name: worker\n          image: shop/api:1\n          env: *env\n'
    const result = run(shared)
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result).match(/DB_PASSWORD_FILE/g)).toHaveLength(1)
    expect(manifest(result).match(/mountPath/g)).toHaveLength(2)
    expect(manifest(result).match(/secretName/g)).toHaveLength(1)
  })

  test('shared with a container whose program reads no file: it stays a variable for both', () => {
    const shared =
      workload(LEAK).replace('env:\n', 'env: &env\n') +
      '        - name: worker\n          image: shop/worker:1\n          env: *env\n'
    const result = run(shared, { secrets: { files: ['api'] } })
    expect(leaksLeft(result)).toEqual([])
    expect(manifest(result)).toContain('secretKeyRef')
    expect(manifest(result)).not.toContain('_FILE')
    expect(plan(Object.fromEntries(result.files), 'B', { secrets: { files: ['api'] } }).changes).toEqual([])
  })

  test('the next steps say what has to read the files, and never the value', () => {
    const result = run(workload(LEAK))
    const context = { estate: result.before.estate, values: ALL }
    const complaints = result.before.judged.map(({ complaint }) => complaint)
    const texts = fixer.nextSteps(complaints, context).map(({ kind, text }) => `${kind} ${text}`)
    expect(texts.join('\n')).not.toMatch(/hunter2|as variables/)
    expect(texts.filter((text) => text.includes('_FILE'))).toEqual([
      'read Deployment/shop/api gets DB_PASSWORD from files now, which variables ending in _FILE name: the version that is rolled out has to read them, and so has what people run in the container',
    ])
  })
})

describe('a variable from a Secret', () => {
  test('is held as C, and becomes a file', () => {
    const files = { 'k8s/api.yaml': workload(REFERENCE) }
    expect(plan(files, 'none', ALL).held.map(({ finding }) => [finding.ruleId, finding.rank])).toEqual([
      ['k8s-secrets-as-files', 'C'],
    ])
    const result = plan(files, 'C', ALL)
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result)).toBe(
      workload(`            - name: DB_PASSWORD_FILE
              value: /var/run/secrets/db/password
          volumeMounts:
            - name: db
              mountPath: /var/run/secrets/db
              readOnly: true
      volumes:
        - name: db
          secret:
            secretName: db
            defaultMode: 292
            items:
              - key: password
                path: password
`),
    )
    expect(plan(Object.fromEntries(result.files), 'C', ALL).changes).toEqual([])
  })

  test('the rollout is a next step', () => {
    const result = plan({ 'k8s/api.yaml': workload(REFERENCE) }, 'C', ALL)
    const context = { estate: result.before.estate, values: ALL }
    const complaints = result.before.judged.map(({ complaint }) => complaint)
    expect(fixer.nextSteps(complaints, context).flatMap(({ command }) => command ?? [])).toEqual([
      'kubectl apply -f k8s/api.yaml',
      'kubectl -n shop describe deployment/api',
    ])
  })

  test('an item that containers share by an anchor changes once', () => {
    const item = '            - &db {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}\n'
    const result = run(`${workload(item)}        - name: worker\n          env:\n            - *db\n`)
    expect(filesLeft(result)).toEqual([])
    expect(manifest(result).match(/DB_PASSWORD_FILE/g)).toHaveLength(1)
    expect(manifest(result).match(/mountPath/g)).toHaveLength(2)
  })

  test('and a leak of the same pod go together', () => {
    const result = run(workload(REFERENCE + '            - {name: API_TOKEN, value: abcdef-123456}\n'))
    expect(filesLeft(result)).toEqual([])
    expect(
      manifest(result)
        .match(/secretName: .*/g)
        ?.toSorted(),
    ).toEqual(['secretName: api-credentials', 'secretName: db'])
  })
})

describe('volumes that are there', () => {
  const mounted = (mount: string, volume: string, more = ''): string =>
    `${workload(REFERENCE)}          volumeMounts:\n            - ${mount}\n${more}      volumes:\n        - ${volume}\n`

  test('all keys are mounted already: only the variable changes', () => {
    const result = run(mounted('{name: s, mountPath: /keys/}', '{name: s, secret: {secretName: db}}'))
    expect(manifest(result)).toContain('value: /keys/password')
    expect(manifest(result).match(/mountPath/g)).toHaveLength(1)
  })

  test('a key under another name, and one that is missing', () => {
    const volume = (items: string): string => `{name: s, secret: {secretName: db, items: [${items}]}}`
    const there = run(mounted('{name: s, mountPath: /keys}', volume('{key: password, path: sub/pw}')))
    expect(manifest(there)).toContain('value: /keys/sub/pw')
    const missing = run(mounted('{name: s, mountPath: /keys}', volume('{key: user, path: user}')))
    expect(manifest(missing)).toContain('value: /keys/password')
    expect(manifest(missing)).toContain('items: [{key: user, path: user}, {key: password, path: password}]')
  })

  test('a volume that another container mounts too, or a single file of it, is left as it is', () => {
    const volume = '{name: s, secret: {secretName: db, items: [{key: user, path: user}]}}'
    const other = '        - {name: other, volumeMounts: [{name: s, mountPath: /keys}]}\n'
    const shared = run(mounted('{name: s, mountPath: /keys}', volume, other))
    expect(manifest(shared)).toContain('value: /var/run/secrets/db/password')
    expect(manifest(shared)).toContain(volume)
    const single = run(
      mounted('{name: s, mountPath: /keys/user, subPath: user}', '{name: s, secret: {secretName: db}}'),
    )
    expect(manifest(single)).toContain('value: /var/run/secrets/db/password')
  })

  test.each([
    ['its mode keeps others out', '{name: s, secret: {secretName: db, defaultMode: 0400}}'],
    [
      'an item has a mode of its own',
      '{name: s, secret: {secretName: db, items: [{key: password, path: p, mode: 256}]}}',
    ],
  ])('a volume that the program may not be able to read is left as it is: %s', (_, volume) => {
    expect(manifest(run(mounted('{name: s, mountPath: /keys}', volume)))).toContain(
      'value: /var/run/secrets/db/password',
    )
    const pod = '      securityContext: {runAsUser: 10001, fsGroup: 10001}\n'
    const inGroup = mounted('{name: s, mountPath: /keys}', volume).replace(
      '      containers:\n',
      `${pod}      containers:\n`,
    )
    expect(manifest(run(inGroup)).includes('value: /keys/')).toBe(!volume.includes('256'))
  })

  test('another folder where something is mounted around or below', () => {
    for (const path of ['/run/secrets', '/var/run', '/run/secrets/db/more']) {
      const result = run(mounted(`{name: x, mountPath: ${path}}`, '{name: x, emptyDir: {}}'))
      expect(manifest(result)).toContain('value: /etc/secrets/db/password')
    }
  })

  test('names are labels, and those of claims are taken', () => {
    const set = workload(REFERENCE.replace('name: db\n', 'name: db.Main\n')).replace('Deployment', 'StatefulSet')
    const result = run(`${set}  volumeClaimTemplates:\n    - metadata: {name: db-main}\n`)
    expect(manifest(result)).toContain('- name: db-main-2\n          secret:\n            secretName: db.Main\n')
  })
})

describe('who may read the file', () => {
  const mode = (pod: string, container = ''): string | undefined => {
    const result = run(workload(REFERENCE, pod) + container)
    return /defaultMode: (\d+)/.exec(manifest(result))?.[1]
  }

  test.each([
    ['nothing is known', '', '', 0o444],
    ['not root, but in no group', '      securityContext: {runAsUser: 10001, runAsNonRoot: true}\n', '', 0o444],
    ['not root, in the group', '      securityContext: {runAsUser: 10001, fsGroup: 10001}\n', '', 0o440],
    ['not root by the image', '      securityContext: {runAsNonRoot: true, fsGroup: 10001}\n', '', 0o440],
    // The image may switch to a user that is not in the group.
    ['perhaps root at the start', '      securityContext: {fsGroup: 10001}\n', '', 0o444],
    [
      'root after all',
      '      securityContext: {runAsUser: 10001, fsGroup: 10001}\n',
      '          securityContext: {runAsUser: 0}\n',
      0o444,
    ],
  ])('%s', (_, pod, container, expected) => {
    expect(mode(pod, container)).toBe(String(expected))
  })
})

describe('official images', () => {
  const server = (image: string, name: string, more = ''): Plan =>
    run(workload(REFERENCE.replace('DB_PASSWORD', name), '').replace('shop/api:1', image) + more, {})

  test.each([
    ['postgres:16', 'POSTGRES_PASSWORD'],
    ['docker.io/library/postgres:16-alpine', 'POSTGRES_USER'],
    ['mysql:8.4', 'MYSQL_ROOT_PASSWORD'],
    ['mariadb:11', 'MARIADB_PASSWORD'],
    ['mariadb:11', 'MYSQL_PASSWORD'],
    ['public.ecr.aws/docker/library/mongo:7', 'MONGO_INITDB_ROOT_PASSWORD'],
    ['wordpress:6', 'WORDPRESS_DB_PASSWORD'],
    ['wordpress:6', 'WORDPRESS_NONCE_SALT'],
  ])('%s reads %s_FILE', (image, name) => {
    expect(manifest(server(image, name))).toContain(`name: ${name}_FILE`)
  })

  test.each([
    ['postgres:16', 'PGPASSWORD'],
    ['postgres:16', 'POSTGRES_HOST_AUTH_METHOD'],
    ['mysql:8.4', 'MARIADB_PASSWORD'],
    ['mongo:7', 'MONGO_INITDB_DATABASE'],
    ['redis:7', 'REDIS_PASSWORD'],
    ['registry.example/shop/postgres:1', 'POSTGRES_PASSWORD'],
    ['bitnami/mysql:8', 'MYSQL_ROOT_PASSWORD'],
  ])('%s reads no %s_FILE', (image, name) => {
    const result = server(image, name)
    expect(result.changes).toEqual([])
    expect(reasons(result)[0]).toContain('values.secrets.files')
  })

  test('only their own entry point with their server reads files', () => {
    const read = ['args: [-c, max_connections=50]', 'args: [postgres]', 'command: [docker-entrypoint.sh, postgres]']
    for (const more of read)
      expect(server('postgres:16', 'POSTGRES_PASSWORD', `          ${more}\n`).changes).toHaveLength(1)
    const none = ['command: [postgres]', 'args: [pg_dump, -f, /backup/all]', 'command: [sh, -c, ./start]']
    for (const more of none) {
      const result = server('postgres:16', 'POSTGRES_PASSWORD', `          ${more}\n`)
      expect([result.changes, reasons(result)[0]]).toEqual([
        [],
        "the container runs something else than the image's own entry point and server, which would read POSTGRES_PASSWORD_FILE",
      ])
    }
  })
})

describe('what stays a variable, and why', () => {
  const kept = (env: string, more = '', files: Record<string, string> = {}): readonly string[] => {
    const result = run(workload(env) + more, ALL, files)
    expect(leaksLeft(result)).toEqual([])
    expect(manifest(result)).toContain('secretKeyRef')
    return reasons(result)
  }

  test.each([
    ['command', `          command: [sh, -c, 'exec app --password "$DB_PASSWORD"']\n`],
    ['args', '          args: [--password=$(DB_PASSWORD)]\n'],
    ['readinessProbe', '          readinessProbe: {exec: {command: [sh, -c, check $DB_PASSWORD]}}\n'],
    ['lifecycle', '          lifecycle: {preStop: {exec: {command: [printenv, DB_PASSWORD]}}}\n'],
  ])('%s of the container uses it', (part, more) => {
    for (const env of [LEAK, REFERENCE]) {
      expect(kept(env, more)).toEqual([
        `\`${part}\` of container api uses DB_PASSWORD: let it read the file that DB_PASSWORD_FILE names first`,
      ])
    }
  })

  test('a longer name in a command is another variable', () => {
    const result = run(workload(REFERENCE) + '          args: [$(OLD_DB_PASSWORD), $(DB_PASSWORD_HASH)]\n')
    expect(filesLeft(result)).toEqual([])
  })

  test('another variable is made of it', () => {
    expect(kept(`${REFERENCE}            - {name: DSN, value: "db://api:$(DB_PASSWORD)@db"}\n`)).toEqual([
      'the variable DSN of container api is made of DB_PASSWORD',
    ])
  })

  test('unless that is the path of a file', () => {
    const env = `${REFERENCE}            - {name: DATABASE_URL_FILE, value: /run/secrets/other/DB_PASSWORD}\n`
    expect(filesLeft(run(workload(env)))).toEqual([])
  })

  test('the file is named already', () => {
    expect(kept(`${REFERENCE}            - {name: DB_PASSWORD_FILE, value: /x}\n`)[0]).toContain('is set already')
  })

  test('the variable is listed twice', () => {
    expect(kept(`${REFERENCE}            - {name: DB_PASSWORD, value: $(OLD)}\n`)).toEqual([
      'DB_PASSWORD is listed twice',
    ])
  })

  test('keys that a library reads, unless they are named', () => {
    const keys = `            - {name: AWS_ACCESS_KEY_ID, value: AKIAIOSFODNN7EXAMPLE}
            - {name: AWS_SECRET_ACCESS_KEY, value: EXAMPLE-secret-access-key}
`
    expect(kept(keys)[0]).toContain('a library reads AWS_ACCESS_KEY_ID')
    const variables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
    const files = ['api', { program: 'api', variables }]
    expect(filesLeft(run(workload(keys), { secrets: { files } }))).toEqual([])
  })

  test('envFrom may give it too', () => {
    const from = (source: string): string => `          envFrom: [${source}]\n`
    expect(kept(REFERENCE, from('{secretRef: {name: more}}'))).toContainEqual(
      '`envFrom` of container api may give DB_PASSWORD too, beside DB_PASSWORD_FILE: list what it needs in `env`',
    )
    expect(kept(REFERENCE, from('{configMapRef: {name: unknown}}'))).toHaveLength(1)
    const map = (key: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: shop}\ndata: {${key}: b}\n`
    const region = REFERENCE.replace('DB_PASSWORD', 'REGION')
    expect(kept(region, from('{configMapRef: {name: m}}'), { 'k8s/m.yaml': map('REGION') })).toHaveLength(1)
    const harmless = [from('{configMapRef: {name: m}}'), from('{prefix: X_, secretRef: {name: more}}')]
    for (const one of harmless) {
      const result = run(workload(REFERENCE) + one, ALL, { 'k8s/m.yaml': map('A') })
      expect(manifest(result)).toContain('DB_PASSWORD_FILE')
    }
  })

  test('the ConfigMap that loses the entry has another of that name', () => {
    const map =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: shop}\ndata: {API_TOKEN: abcdef-123456, USED: b}\n'
    const env = '            - {name: USED, valueFrom: {configMapKeyRef: {name: m, key: API_TOKEN}}}\n'
    expect(kept(env, '          envFrom: [{configMapRef: {name: m}}]\n', { 'k8s/m.yaml': map })).toEqual([
      '`envFrom` of container api may give USED too, beside USED_FILE: list what it needs in `env`',
    ])
  })

  test('a name that no shell knows', () => {
    const odd = REFERENCE.replace('DB_PASSWORD', '"db.pass(word+"')
    expect(manifest(run(workload(odd)))).toContain('db.pass(word+_FILE')
  })

  test('a Secret as a whole, an optional one, a key that is no file', () => {
    expect(kept('            - {name: A, valueFrom: {secretKeyRef: {name: db, key: ..x}}}\n')).toEqual([
      'the key ..x is no name of a file',
    ])
    expect(
      kept(REFERENCE.replace('key: password\n', 'key: password\n                  optional: true\n'))[0],
    ).toContain('DB_PASSWORD is optional')
    const whole = run(
      `${workload('            - {name: A, value: b}\n')}          envFrom: [{secretRef: {name: all}}]\n`,
    )
    expect(reasons(whole)[0]).toContain('values.secrets.files')
  })

  test("the Dockerfile of the container's own image names it", () => {
    const dockerfile = 'FROM node:20\nHEALTHCHECK CMD check --password $DB_PASSWORD\nCMD ["node", "main.js"]\n'
    expect(kept(REFERENCE, '', { 'api/Dockerfile': dockerfile })[0]).toContain('api/Dockerfile names DB_PASSWORD')
    const silent = run(workload(REFERENCE), ALL, { 'api/Dockerfile': 'FROM node:20\nCMD ["node", "main.js"]\n' })
    expect(filesLeft(silent)).toEqual([])
  })

  test('templates of charts are advice', () => {
    const files = { 'chart/Chart.yaml': 'name: x\n', 'chart/templates/api.yaml': workload(REFERENCE) }
    expect(reasons(plan(files, 'B', ALL))[0]).toContain('template of the Helm chart')
  })
})
