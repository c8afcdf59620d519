// How long one review takes, in one process, after warm-up: node bench/policy/review.mjs DIR/many [--rounds 5]
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importSources } from '../../scripts/sources.mjs'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, traced: { type: 'boolean', default: false } },
})
const [folder] = positionals
if (folder === undefined) throw new Error('name the folder `many` that generate.mjs wrote')

const { compileTemplate, Inventory, objectsOf, parseYaml, PolicySet, reviewAll } = await importSources([
  "export * from './src/gatekeeper/index.ts'",
  "export { parseYaml } from './src/parse/yaml/parser.ts'",
])

const read = (part) =>
  readdirSync(join(folder, part))
    .sort()
    .flatMap((file) => objectsOf(parseYaml(file, readFileSync(join(folder, part, file), 'utf8'))))
const policies = new PolicySet()
for (const object of read('templates')) policies.addTemplate(compileTemplate(object))
for (const object of read('constraints')) policies.addConstraint(object)
const objects = read('objects')
const inventory = Inventory.of(objects)

let violations = 0
const round = (times) => {
  for (const object of objects) {
    const start = performance.now()
    violations += reviewAll(policies, object, { inventory, now: 0n, traced: values.traced }).length
    times?.push(performance.now() - start)
  }
}
round()
round()
const times = []
for (let index = 0; index < Number(values.rounds); index++) round(times)
times.sort((a, b) => a - b)
const quantile = (share) =>
  Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(3))
console.log(
  JSON.stringify({
    constraints: policies.constraints.length,
    objects: objects.length,
    reviews: times.length,
    violations,
    ms: { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), max: quantile(1) },
    residentMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
)
