import { check, ERROR, UNKNOWN, unknown } from './test-support.ts'

const role = { partition: 'aws', service: 'iam', region: '', account_id: '444455556666', resource: 'role/example' }

check([
  [
    'provider::aws::arn_build',
    ['aws', 'iam', '', '444455556666', 'role/example'],
    'arn:aws:iam::444455556666:role/example',
  ],
  ['provider::aws::arn_build', ['aws', 's3', '', '', 'logs'], 'arn:aws:s3:::logs'],
  ['provider::aws::arn_build', ['aws', 's3', '', '', unknown()], UNKNOWN],
  ['provider::aws::arn_build', ['aws'], ERROR],
  ['provider::aws::arn_parse', ['arn:aws:iam::444455556666:role/example'], role],
  [
    'provider::aws::arn_parse',
    ['arn:aws:x:r:1:a:b'],
    { partition: 'aws', service: 'x', region: 'r', account_id: '1', resource: 'a:b' },
  ],
  ['provider::aws::arn_parse', ['logs'], ERROR],
  [
    'provider::aws::trim_iam_role_path',
    ['arn:aws:iam::444455556666:role/with/path/example'],
    'arn:aws:iam::444455556666:role/example',
  ],
  [
    'provider::aws::trim_iam_role_path',
    ['arn:aws:iam::444455556666:role/example'],
    'arn:aws:iam::444455556666:role/example',
  ],
  ['provider::aws::trim_iam_role_path', ['arn:aws:s3:::logs'], ERROR],
])
