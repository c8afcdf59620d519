import type { Estate } from '../../../../resources/estate.ts'
import { Place } from '../../../../resources/place.ts'
import { notApplicable } from '../../../rule.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'
import type { Resource } from '../../../../resources/resource.ts'

export default flagRule({
  id: 'ecr-scan-on-push',
  title: 'Images are scanned when they are pushed',
  severity: 'medium',
  severityReason:
    'Known holes in an image are deployed without anybody noticing; using one takes access to the application, hence ' +
    'not high.',
  controls: ['RA-5', 'SI-2'],
  sameAs: ['checkov:CKV_AWS_163', 'trivy:AWS-0030'],
  resources: ['aws_ecr_repository'],
  path: 'image_scanning_configuration.scan_on_push',
  wanted: true,
  message: 'Nobody looks for known holes in images of this repository (`scan_on_push`).',
  remediation: 'Add `image_scanning_configuration { scan_on_push = true }`, or scan the whole registry.',
  exempt: ({ resource }, { estate }) => {
    const registry = scansEverything(resource, estate)
    return registry === undefined ? undefined : notApplicable(`${registry} scans every repository`)
  },
  fix: { fixer: 'ecr', rank: 'E', title: 'Scan images when they are pushed', minutes: 1, value: true },
})

/** The registry's own configuration wins over that of its repositories. */
function scansEverything(resource: Resource, estate: Estate): string | undefined {
  const registries = estate.terraform('aws_ecr_registry_scanning_configuration', resource.root)
  return registries.find((registry) =>
    Place.of(registry)
      .get('rule')
      .items()
      .some((rule) => {
        const frequency = rule.get('scan_frequency').string()
        const filters = rule.get('repository_filter').items()
        const all = filters.some((filter) => {
          const pattern = filter.get('filter').string()
          return pattern.kind === 'known' && pattern.value === '*'
        })
        return all && rule.certain && frequency.kind === 'known' && frequency.value !== 'MANUAL'
      }),
  )?.address
}
