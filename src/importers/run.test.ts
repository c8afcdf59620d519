import { describe, expect, test } from 'vitest'
import { IMPORTERS } from './index.ts'
import { notInstalledMessage, SCANNER_NAMES, type ScannerCommand, scannerCommands, type ScannerTarget } from './run.ts'

const target: ScannerTarget = {
  root: '/work/pay ments',
  scratch: '/tmp/scratch',
  manifests: ['k8s/b.yaml', 'k8s/a.yaml'],
  dockerfiles: ['Dockerfile'],
  exists: (path) => ['.semgrep.yml', '.trivyignore', '.hadolint.yaml'].includes(path),
}

function commands(name: string, more: Partial<ScannerTarget> = {}): readonly ScannerCommand[] {
  const plan = scannerCommands(name, { ...target, ...more })
  if (!plan.ok) throw new Error(plan.message)
  return plan.commands
}

test('every scanner has an importer of its name', () => {
  for (const name of SCANNER_NAMES) {
    expect(IMPORTERS.map((importer) => importer.name)).toContain(name)
    expect(notInstalledMessage(name)).toContain(`${name} is not installed (https://`)
  }
})

test('no scanner runs in the project, with a shell, forever or through to the network', () => {
  for (const name of SCANNER_NAMES) {
    for (const command of commands(name)) {
      expect(command.command).toBe(name)
      expect(command.cwd).toBe('/tmp/scratch')
      expect(command.exitCodes).toContain(0)
      expect(command.timeoutSeconds).toBeGreaterThan(0)
      expect(command.args.join(' ')).toContain('json')
      expect(command.args.some((arg) => arg.includes('/work/pay ments'))).toBe(true)
      if (command.report.kind === 'file') expect(command.report.path).toMatch(/^\/tmp\/scratch\/\w+\.json$/)
      if (name !== 'kubesec') expect(command.env['HTTPS_PROXY']).toBe('http://127.0.0.1:9')
    }
  }
})

describe('settings of the project', () => {
  test('load no code into Checkov', () => {
    const [command] = commands('checkov')
    expect(command?.args).toContain('--directory=/work/pay ments')
    expect(command?.args).not.toContain('-d')
    expect(command?.args).not.toContain('--directory')
  })

  test('keep KICS from running', () => {
    const plan = scannerCommands('kics', { ...target, exists: (path) => path === 'kics.config' })
    expect(plan).toMatchObject({ ok: false, message: expect.stringContaining('--import') })
  })

  test('are handed over where they are only lists', () => {
    expect(commands('trivy')[0]?.args.join(' ')).toContain('--ignorefile /work/pay ments/.trivyignore /work')
    expect(commands('trivy', { exists: () => false })[0]?.args.join(' ')).not.toContain('ignorefile')
    expect(commands('hadolint')[0]?.args.join(' ')).toContain('--config /work/pay ments/.hadolint.yaml')
    expect(commands('semgrep')[0]?.args.join(' ')).toContain('--config /work/pay ments/.semgrep.yml')
    expect(scannerCommands('semgrep', { ...target, exists: () => false })).toMatchObject({ ok: false })
  })
})

test('scanners of files get them, in order, in lists of a bearable length', () => {
  expect(commands('kubesec').map(({ args }) => args.at(-1))).toEqual([
    '/work/pay ments/k8s/a.yaml',
    '/work/pay ments/k8s/b.yaml',
  ])
  const dockerfiles = Array.from({ length: 450 }, (_, index) => `app${index}/Dockerfile`)
  const runs = commands('hadolint', { dockerfiles })
  expect(runs.map(({ args }) => args.filter((arg) => arg.endsWith('Dockerfile')).length)).toEqual([200, 200, 50])
  expect(commands('hadolint', { dockerfiles: [] })).toEqual([])
})

test('an unknown name is helped', () => {
  expect(scannerCommands('chekov', target)).toEqual({ ok: false, message: 'no scanner chekov; did you mean checkov?' })
  expect(scannerCommands('zzzzzzzz', target)).toMatchObject({
    message: expect.stringContaining('known: checkov, gitleaks'),
  })
})
