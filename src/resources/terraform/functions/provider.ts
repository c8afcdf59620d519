import { map, str } from './convert.ts'
import { define, Fault, type FunctionTable, text } from './definition.ts'

/** Functions that providers bring along; those not listed here are unknown. */
export const providerFunctions: FunctionTable = {
  'provider::aws::arn_build': define({
    parameters: [text('partition'), text('service'), text('region'), text('account_id'), text('resource')],
    returns: 'string',
    call: (parts) => ['arn', ...parts].join(':'),
  }),
  'provider::aws::arn_parse': define({
    parameters: [text('arn')],
    returns: 'map',
    call([arn]) {
      const { partition, service, region, account, resource } = parseArn(arn)
      return map([
        ['partition', str(partition)],
        ['service', str(service)],
        ['region', str(region)],
        ['account_id', str(account)],
        ['resource', str(resource)],
      ])
    },
  }),
  'provider::aws::trim_iam_role_path': define({
    parameters: [text('arn')],
    returns: 'string',
    call([arn]) {
      const { partition, service, account, resource } = parseArn(arn)
      if (service !== 'iam' || !resource.startsWith('role/')) throw new Fault('not the ARN of an IAM role')
      return `arn:${partition}:iam::${account}:role/${resource.slice(resource.lastIndexOf('/') + 1)}`
    },
  }),
}

function parseArn(arn: string) {
  const [prefix, partition = '', service = '', region = '', account = '', ...resource] = arn.split(':')
  if (prefix !== 'arn' || partition === '' || service === '' || resource.length === 0)
    throw new Fault('not a valid ARN')
  return { partition, service, region, account, resource: resource.join(':') }
}
