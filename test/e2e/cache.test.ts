import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, basename } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundledProgram } from './bundle.ts'
import { AS_OF, copySecurebank, environment, temporaryFolder } from './harness.ts'

/** The program as the build leaves it: with the name of the build beside it, which the cache needs. */
let program = ''
let home = ''

beforeAll(() => {
  const folder = join(temporaryFolder(), 'dist')
  cpSync(dirname(bundledProgram()), folder, { recursive: true })
  writeFileSync(join(folder, 'build-id'), 'test')
  program = join(folder, basename(bundledProgram()))
  home = temporaryFolder()
})

function audit(root: string, ...more: readonly string[]): string {
  const args = [program, 'audit', root, '--format', 'json', '--fail-on', 'none', ...AS_OF, ...more]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: environment({ HOME: home }),
    timeout: 45_000,
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const entries = (root: string): string[] =>
  readdirSync(join(root, '.secops/cache')).map((name) => join(root, '.secops/cache', name))

/** What `terraform init` leaves. */
function vendor(root: string): void {
  const folder = join(root, 'infrastructure/terraform/.terraform/modules')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'modules.json'), '{"Modules":[{"Key":"","Source":"","Dir":"."}]}\n')
}

describe('the remembered audit', () => {
  test('is never wrong: after every edit the bytes are those of a fresh audit', () => {
    const root = copySecurebank()
    audit(root)
    const edits: [string, string, string][] = [
      ['infrastructure/terraform/s3.tf', 'acl    = "public-read"', 'acl    = "private"'],
      ['infrastructure/terraform/terraform.tfvars', '\n', '\n# a comment\n'],
      ['infrastructure/k8s/backend-deployment.yaml', 'privileged: true', 'privileged: false'],
      ['secops.yaml', 'version: 1', 'version: 1\nrules: {k8s-image-tag: off}'],
      ['exceptions/accepted.yaml', '2027-04-30', '2026-01-01'],
      ['infrastructure/terraform/s3.tf', 'acl    = "private"', 'acl    = "public-read"'],
    ]
    for (const [file, from, to] of edits) {
      const path = join(root, file)
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
      const fresh = audit(root, '--no-cache')
      expect(audit(root), `first after ${file}`).toBe(fresh)
      expect(audit(root), `again after ${file}`).toBe(fresh)
    }
    rmSync(join(root, 'infrastructure/k8s/rbac.yaml'))
    expect(audit(root)).toBe(audit(root, '--no-cache'))
    expect(audit(root, '--rule', 's3-no-public-acl')).toBe(audit(root, '--rule', 's3-no-public-acl', '--no-cache'))
    expect(audit(root, '--include-passed')).toBe(audit(root, '--include-passed', '--no-cache'))
  })

  test('is answered without loading what audits, until anything has changed that it depends on', () => {
    const root = copySecurebank()
    const own = join(temporaryFolder(), 'dist')
    cpSync(dirname(program), own, { recursive: true })
    const first = audit(root)
    const chunks = join(own, 'chunks')
    const [main = ''] = readdirSync(chunks).filter((name) => /^program-.*\.js$/.test(name))
    writeFileSync(join(chunks, main), 'throw new Error("not answered")')
    const answered = (...more: readonly string[]): string | undefined => {
      const args = [join(own, 'secops.js'), 'audit', root, '--format', 'json', '--fail-on', 'none', ...AS_OF, ...more]
      const { stdout, status } = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        env: environment({ HOME: home }),
      })
      return status === 0 ? stdout : undefined
    }
    expect(answered()).toBe(first)
    expect(answered('--no-cache')).toBeUndefined()
    expect(answered('--severity', 'high')).toBeUndefined()
    const changes: [string, () => void][] = [
      [
        'a file',
        () => writeFileSync(join(root, 'infrastructure/terraform/more.tf'), 'resource "aws_s3_bucket" "b" {}\n'),
      ],
      ['what git ignores', () => writeFileSync(join(root, '.gitignore'), 'more.tf\n')],
      [
        'a file that is no text',
        () => writeFileSync(join(root, 'infrastructure/terraform/bad.tf'), Buffer.from([0xff])),
      ],
      ['the saved findings', () => writeFileSync(join(root, '.secops/aggregate-findings.json'), '{}')],
      ['settings of a scanner', () => writeFileSync(join(root, '.trivyignore'), 'AVD-AWS-0092\n')],
      ['a vendored module', () => vendor(root)],
    ]
    for (const [what, change] of changes) {
      change()
      expect(answered(), what).toBeUndefined()
      const fresh = audit(root)
      expect(fresh, what).toBe(audit(root, '--no-cache'))
      expect(answered(), what).toBe(fresh)
    }
    expect(readFileSync(join(root, '.secops/aggregate-findings.json'), 'utf8')).not.toBe('{}')
    // Such settings read files that are not walked, or leave out files that are.
    writeFileSync(join(root, 'secops.yaml'), 'version: 1\nexclude: [infrastructure/k8s/]\n')
    audit(root)
    expect(answered()).toBeUndefined()
  })

  test('is not believed if somebody else wrote it', () => {
    const root = copySecurebank()
    audit(root)
    const fresh = audit(root)
    expect(entries(root).length).toBeGreaterThan(0)
    for (const path of entries(root)) {
      writeFileSync(
        path,
        readFileSync(path, 'utf8')
          .replaceAll('"CRITICAL"', '"INFO"')
          .replaceAll('"findings":[{', '"findings":[],"x":[{'),
      )
    }
    expect(audit(root)).toBe(fresh)
    // A whole entry made with another key, as a hostile repository would bring it along.
    const [path = ''] = entries(root)
    rmSync(join(home, '.cache/secops/key'))
    writeFileSync(path, `${'0'.repeat(64)}\n{"findings":[]}`)
    expect(audit(root)).toBe(fresh)
  })

  test('is readable by its owner only, and so is the key', () => {
    const root = copySecurebank()
    audit(root)
    audit(root)
    for (const path of [...entries(root), join(home, '.cache/secops/key')]) {
      expect(statSync(path).mode & 0o077).toBe(0)
      expect(readFileSync(path, 'latin1')).not.toContain('supersecret123')
    }
  })
})
