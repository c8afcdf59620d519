import { describe, expect, test } from 'vitest'
import { nodeAt, PROVIDER_MAJORS, type SchemaNode, schemaTypes, typeSchema } from './reader.ts'

const node = (type: string, major: 4 | 5 | 6, path: string) => {
  const schema = typeSchema(type, major)
  return schema === undefined ? undefined : nodeAt(schema, path.split('.'))
}

describe('the schema of the AWS provider', () => {
  test('tells the majors apart', () => {
    expect(node('aws_db_instance', 4, 'name')?.replaces).toBe('yes')
    expect(node('aws_db_instance', 5, 'name')).toBeUndefined()
    expect(node('aws_eks_cluster', 4, 'vpc_config.subnet_ids')?.replaces).toBe('yes')
    expect(node('aws_eks_cluster', 6, 'vpc_config.subnet_ids')?.replaces).toBe('no')
    expect(node('aws_s3_bucket', 5, 'region')).toBeUndefined()
    expect(node('aws_s3_bucket', 6, 'region')?.replaces).toBe('yes')
    expect(typeSchema('aws_db_security_group', 5)).toBeUndefined()
  })

  test.each([
    ['aws_db_instance', 'storage_encrypted', 'yes'],
    ['aws_db_instance', 'kms_key_id', 'yes'],
    ['aws_db_instance', 'deletion_protection', 'no'],
    ['aws_ecr_repository', 'encryption_configuration', 'yes'],
    ['aws_ecr_repository', 'image_scanning_configuration.scan_on_push', 'no'],
    ['aws_security_group', 'description', 'yes'],
    ['aws_security_group', 'ingress', 'no'],
    ['aws_eks_cluster', 'role_arn', 'yes'],
    ['aws_eks_cluster', 'encryption_config', 'maybe'],
    ['aws_cloudwatch_log_group', 'kms_key_id', 'no'],
    ['aws_vpc_security_group_ingress_rule', 'cidr_ipv4', 'maybe'],
  ])('%s.%s replaces: %s, in every major', (type, path, expected) => {
    expect(PROVIDER_MAJORS.map((major) => node(type, major, path)?.replaces)).toEqual([expected, expected, expected])
  })

  test('knows forms, types, what is required and what excludes what', () => {
    expect(node('aws_s3_bucket_versioning', 6, 'versioning_configuration')).toMatchObject({
      form: 'block',
      single: true,
      required: true,
    })
    expect(node('aws_s3_bucket_versioning', 6, 'versioning_configuration.status')).toMatchObject({
      type: 'string',
      required: true,
    })
    expect(node('aws_security_group', 6, 'ingress')?.form).toBe('either')
    expect(node('aws_security_group', 6, 'ingress.cidr_blocks')?.type).toBe('string-list')
    expect(typeSchema('aws_db_instance', 6)?.conflicts).toContainEqual(['manage_master_user_password', 'password'])
    expect(typeSchema('aws_vpc_security_group_ingress_rule', 5)?.exactlyOne).toHaveLength(1)
  })

  test('every line of the data is read', () => {
    const count = (children: ReadonlyMap<string, SchemaNode>): number =>
      [...children.values()].reduce((sum, { children }) => sum + 1 + (children === undefined ? 0 : count(children)), 0)
    const trees = schemaTypes().flatMap((type) =>
      PROVIDER_MAJORS.flatMap((major) => typeSchema(type, major)?.children ?? []),
    )
    expect(schemaTypes().length).toBeGreaterThan(200)
    expect(trees.reduce((sum, tree) => sum + count(tree), 0)).toBeGreaterThan(14_000)
  })
})
