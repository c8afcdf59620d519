// Writes a rule, its test and its page, ready to be filled in: npm run new-rule -- kubernetes/images k8s-my-rule
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [folder, id] = process.argv.slice(2)
if (folder === undefined || id === undefined || !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id)) {
  console.error('usage: npm run new-rule -- FOLDER ID   (for example: terraform/aws/rds rds-backup-retention)')
  process.exit(2)
}
const kubernetes = folder.startsWith('kubernetes')
const up = '../'.repeat(folder.split('/').length)
const src = `${up}../`
const files = {
  [`src/rules/${folder}/${id}.ts`]: `import { defineRule } from '${up}rule.ts'

export default defineRule({
  id: '${id}',
  title: 'REPLACE: what must be true',
  severity: 'medium',
  severityReason: 'REPLACE: what an attacker or an accident gains.',
  controls: ['CM-6'],
  sameAs: [],
  kind: '${kubernetes ? 'kubernetes' : 'terraform'}',
  resources: ['${kubernetes ? 'ConfigMap' : 'aws_db_instance'}'],
  messages: { missing: 'REPLACE: what is wrong here.' },
  remediation: 'REPLACE: what to do about it.',
  *check(resource) {
    const place = resource.get('example')
    if (place.isSet() === 'no') yield { at: place, message: 'missing' }
  },
})
`,
  [`src/rules/${folder}/${id}.test.ts`]: `import { ${kubernetes ? 'yaml' : 'hcl'}, testRule } from '${src}testing/index.ts'
import rule from './${id}.ts'

testRule(rule, {
  valid: [],
  undecided: [],
  invalid: [],
})
`,
  [`docs/rules/${id}.md`]: `<!-- generated -->
<!-- /generated -->

## Why it matters

REPLACE.

## What the fix changes

REPLACE.

## When to make an exception

REPLACE.

\`\`\`${kubernetes ? 'yaml' : 'hcl'} bad
REPLACE
\`\`\`

\`\`\`${kubernetes ? 'yaml' : 'hcl'} good
REPLACE
\`\`\`
`,
}
for (const [path, text] of Object.entries(files)) {
  const absolute = join(root, path)
  if (existsSync(absolute)) {
    console.error(`${path} exists already`)
    process.exit(1)
  }
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileSync(absolute, text)
  console.log(`wrote ${path}`)
}
console.log('Fill in what says REPLACE, then: npm run generate && npm test')
