import { complyWithProjection } from '../../app/comply.ts'
import { frameworkFor } from '../../app/frameworks.ts'
import { recordHistory } from '../../app/history.ts'
import { judgePortfolio } from '../../app/portfolio.ts'
import { UsageError } from '../../app/project/root.ts'
import type { ComplyOptions } from '../commands/comply.ts'
import { EXIT, exitFor, isAtOrAbove } from '../exit.ts'
import { progress, writeResult } from '../output.ts'
import { renderComply, renderPortfolio } from '../render.ts'
import { openCliSession, recoverForReading, sessionOptions } from '../session.ts'

export async function runComply(path: string | undefined, options: ComplyOptions): Promise<number> {
  if (options.portfolio !== undefined) return runPortfolio(options.portfolio, path, options)
  if (path === undefined) throw new UsageError('missing the path of a project, or --portfolio FILE')
  if (options.framework === undefined) throw new UsageError('missing --framework, such as pci-dss-4.0.1')
  await recoverForReading(path)
  const session = await openCliSession(path, options)
  const framework = frameworkFor(options.framework, session.frameworks)
  const result = complyWithProjection(session, framework)
  await recordHistory(session, 'comply', '', session.result.summary, [result])
  await writeResult(renderComply(result, session, path, options), options)
  return exitFor(session.result.summary, session.result, options.failOn, options.strict === true)
}

async function runPortfolio(file: string, path: string | undefined, options: ComplyOptions): Promise<number> {
  if (path !== undefined || options.framework !== undefined) {
    throw new UsageError('--portfolio names the projects and their frameworks: give no path and no --framework')
  }
  const { path: _, ...given } = await sessionOptions('.', options)
  const done = progress('Judging the portfolio', options)
  let result: ReturnType<typeof judgePortfolio>
  try {
    result = judgePortfolio(file, given)
  } finally {
    done()
  }
  await writeResult(renderPortfolio(result, options), options)
  if (result.projects.some(({ failure }) => failure !== undefined)) return EXIT.usage
  if (result.projects.some(({ errors }) => errors > 0)) return EXIT.internal
  return result.projects.some(({ summary }) => isAtOrAbove(summary, options.failOn)) ? EXIT.findings : EXIT.ok
}
