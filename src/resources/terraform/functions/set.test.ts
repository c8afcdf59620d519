import { check, ERROR } from './test-support.ts'

// Expected results are those of Terraform 1.11.
check([
  [
    'setsubtract',
    [
      [1, true],
      ['1', 'b'],
    ],
    ERROR,
  ],
  ['setintersection', [['a', 'b'], ['b'], ['b', 'c']], ['b']],
  ['setintersection', [[1], ['1']], ['1']],
  ['setintersection', [['a'], ['b']], []],
  ['setsubtract', [['a', 'b'], ['a']], ['b']],
  ['setsubtract', [[{ a: 1 }], [{ a: 1 }]], []],
  ['setsubtract', [['a'], ['b']], ['a']],
  ['setunion', [['b'], ['a', 1]], ['1', 'a', 'b']],
  ['setunion', [[], []], []],
  ['setunion', [['a'], ['b'], ['c']], ['a', 'b', 'c']],
])
