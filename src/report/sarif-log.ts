import { print } from './json.ts'

/** A SARIF 2.1.0 file of one run. */
export function sarifLog(run: object): string {
  return print({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  })
}
