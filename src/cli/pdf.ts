import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describeCause } from '../apply/errors.ts'
import { UsageError } from '../app/project/root.ts'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
const TIMEOUT = 60_000

/**
 * Prints a page to a PDF by a browser that is installed: it lays the page out as it is on paper.
 * @param browser named on the command line; else the first of the usual ones on the path
 * @throws UsageError if there is none, or it fails
 */
export async function writePdf(html: string, output: string, browser: string | undefined): Promise<void> {
  const program = browser ?? (await findBrowser())
  if (program === undefined) {
    throw new UsageError(
      'a PDF needs Chromium, Chrome or Edge: install one, name it by --browser, or print --format html from a browser',
    )
  }
  const folder = await mkdtemp(join(tmpdir(), 'secops-pdf-'))
  try {
    const page = join(folder, 'page.html')
    await writeFile(page, html, { mode: 0o600 })
    const args = [
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--disable-extensions',
      '--disable-background-networking',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${resolve(output)}`,
      // Chromium refuses to run as root with its sandbox on; the page has no script and makes no request.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      pathToFileURL(page).href,
    ]
    await promisify(execFile)(program, args, { timeout: TIMEOUT })
  } catch (error) {
    throw new UsageError(`${program} could not make the PDF: ${describeCause(error).split('\n')[0] ?? ''}`)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function findBrowser(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of BROWSERS) {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      if (found?.isFile() === true) return path
    }
  }
  return undefined
}
