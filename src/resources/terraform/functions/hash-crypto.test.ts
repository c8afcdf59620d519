import { check, ERROR } from './test-support.ts'

// Expected results are those of Terraform 1.11.
check([
  ['base64sha256', ['a'], 'ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='],
  ['base64sha256', [''], '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
  ['base64sha256', ['hello'], 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  ['base64sha512', [''], 'z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=='],
  [
    'base64sha512',
    ['hello'],
    'm3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==',
  ],
  ['base64sha512', ['é'], 'nirShjPyRFG9TzwcsgWGohpEw67tvcAbnMj6cpF+p71onIK4vx/vibkRz4zEb6LBzMEAh7IJT9TTNQ7NiFJqLA=='],
  ['md5', ['a'], '0cc175b9c0f1b6a831c399e269772661'],
  ['md5', [''], 'd41d8cd98f00b204e9800998ecf8427e'],
  ['md5', ['hello'], '5d41402abc4b2a76b9719d911017c592'],
  ['sha1', ['a'], '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
  ['sha1', [''], 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['sha1', ['hello'], 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
  ['sha256', [''], 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['sha256', ['hello'], '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ['sha256', ['é'], '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'],
  [
    'sha512',
    [''],
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
  ],
  [
    'sha512',
    ['hello'],
    '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
  ],
  [
    'sha512',
    ['é'],
    '9e2ad28633f24451bd4f3c1cb20586a21a44c3aeedbdc01b9cc8fa72917ea7bd689c82b8bf1fef89b911cf8cc46fa2c1ccc10087b2094fd4d3350ecd88526a2c',
  ],
  ['uuidv5', ['dns', 'www.terraform.io'], 'a5008fae-b28c-5ba5-96cd-82b4c53552d6'],
  ['uuidv5', ['url', 'https://a/'], '78574e12-1577-5603-91d3-7e30d72e167d'],
  ['uuidv5', ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'x'], '05b16a01-46c6-56dd-bd6e-c6dfb4a1427a'],
  ['uuidv5', ['oid', '1.2'], 'b4fe3335-a2ae-5c75-889c-b1247a0f6f02'],
  ['uuidv5', ['x500', 'CN=a'], 'c4756781-662d-5713-b245-06d2e6262fc5'],
  ['uuidv5', ['bad', 'x'], ERROR],
  ['uuidv5', ['dns', ''], '4ebd0208-8328-5d69-8c44-ec50939c0967'],
])
