import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedDataVersionTag } from 'node:v8'
import { constants, Script } from 'node:vm'

/** The file name of the program as one script: put in by scripts/bundle.mjs, and missing in other bundles. */
declare const PROGRAM_SCRIPT: string | undefined

/** What the script exports: the program of program.ts. */
interface Program {
  readonly runCli: (argv: readonly string[]) => Promise<number>
}

interface CompiledProgram extends Program {
  /** Writes down what V8 has compiled so far, for the next start. Failing to is no failure. */
  readonly remember: () => void
  /** True if V8 took what an earlier start had written down. */
  readonly remembered: boolean
}

/**
 * The program from the one file that the build leaves beside this one, with the code that V8 made of it before: reading
 * and compiling a thousand modules takes longer than most audits. V8 refuses code of another version or with other flags,
 * and then compiles anew.
 * @returns undefined where the build has left no such file
 */
export function loadCompiled(): CompiledProgram | undefined {
  if (typeof PROGRAM_SCRIPT !== 'string') return undefined
  const filename = join(dirname(fileURLToPath(import.meta.url)), PROGRAM_SCRIPT)
  let source: string
  try {
    // The build makes sure that it is ASCII.
    source = readFileSync(filename, 'latin1')
  } catch {
    return undefined
  }
  // The script's name holds a hash of it. The tag stands for V8's version, its flags and the processor's features.
  const codePath = `${filename.replace(/\.cjs$/, '')}-${process.platform}-${process.arch}-${cachedDataVersionTag()}.code`
  const code = readCode(codePath)
  const script = new Script(source, {
    filename,
    ...(code !== undefined && { cachedData: code }),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const exports: Partial<Program> = {}
  script.runInThisContext()(exports, builtin, import.meta.url)
  const { runCli } = exports
  if (runCli === undefined) return undefined
  return {
    runCli,
    remembered: code !== undefined && script.cachedDataRejected !== true,
    remember: () => writeCode(codePath, script.createCachedData()),
  }
}

/** Loading these takes long, and few commands use them. */
const LATE: ReadonlySet<string> = new Set(['node:child_process', 'node:zlib'])

/** All that the program requires at run time: Node's own modules. */
function builtin(id: string): unknown {
  if (!LATE.has(id)) return process.getBuiltinModule(id)
  return new Proxy({}, { get: (_, name) => Reflect.get(Object(process.getBuiltinModule(id)), name) })
}

function readCode(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Beside the program: who can write there could replace the program as well, so this trusts nobody new. */
function writeCode(path: string, code: Buffer): void {
  const half = `${path}.${process.pid}`
  try {
    writeFileSync(half, code, { flag: 'wx' })
    renameSync(half, path)
  } catch {
    rmSync(half, { force: true })
  }
}
