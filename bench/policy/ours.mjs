// node ours.mjs BUNDLE NAME SECONDS: one policy, prepared once and asked again and again. Prints {ns, result}. Started by compare.mjs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cases } from './cases.mjs'

const [bundle, name, seconds] = process.argv.slice(2)
const { compile, fromJson, parseModule, toJson } = await import(pathToFileURL(bundle).href)
const { version, query, input, data = {} } = cases.find((one) => one.name === name)
const text = readFileSync(join(import.meta.dirname, 'policies', `${name}.${version}.rego`), 'utf8')
const prepared = compile([parseModule(`${name}.rego`, text, { version })]).prepare(`result := ${query}`, { version })
const request = { input: fromJson(input), data: fromJson(data) }
const run = () => prepared.evaluate(request)[0]?.get('result')

// Warm, which Go's benchmark does not need: its code is compiled ahead.
for (const end = performance.now() + 500; performance.now() < end;) run()
let count = 0
const start = performance.now()
let now = start
while (now < start + Number(seconds) * 1000) {
  for (let repeat = 0; repeat < 50; repeat += 1) run()
  count += 50
  now = performance.now()
}
const result = run()
process.stdout.write(
  JSON.stringify({ ns: ((now - start) * 1e6) / count, result: result === undefined ? null : toJson(result) }),
)
