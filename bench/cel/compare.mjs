// Asks an API server's CEL about the expressions of test/conformance/cel/cases.json, and writes what it says into that file.
//
//   node bench/cel/compare.mjs JUDGE
//
// JUDGE is bench/cel/main.go, built in a module of its own that requires k8s.io/apiserver: `go mod init judge && go get
// k8s.io/apiserver@v0.36.2 && go build -o judge .`. New expressions are added to the file as `{"expression": "..."}`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [judge] = process.argv.slice(2)
if (judge === undefined) {
  console.error('usage: node bench/cel/compare.mjs JUDGE')
  process.exit(2)
}
const file = new URL('../../test/conformance/cel/cases.json', import.meta.url)
const { object, cases } = JSON.parse(readFileSync(file, 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'cel-judge-'))
try {
  const objectFile = join(folder, 'object.json')
  writeFileSync(objectFile, JSON.stringify(object))
  const input = cases.map(({ expression }) => JSON.stringify(expression)).join('\n')
  const lines = execFileSync(judge, [objectFile], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
    .trim()
    .split('\n')
  // What a program cannot be made of, since its constants have no value, is refused as one that does not compile.
  const kinds = { compile: 'compile', program: 'compile', error: 'run' }
  const judged = lines.map((line) => {
    const { e: expression, kind, value } = JSON.parse(line)
    return kind === 'ok' ? { expression, result: value } : { expression, fails: kinds[kind] }
  })
  const text = judged.map((one) => `    ${JSON.stringify(one)}`).join(',\n')
  writeFileSync(file, `{\n  "object": ${JSON.stringify(object)},\n  "cases": [\n${text}\n  ]\n}\n`)
  console.log(`${judged.length} cases`)
} finally {
  rmSync(folder, { recursive: true })
}
