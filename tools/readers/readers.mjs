// A job on standard input -> facts on standard output: opens an EPUB in two engines of reading systems.
//
// The job: { book, browser, profile, engines, screens: [{ name, width, height, background, color, dark }],
//            shots: [{ name, href, note }], folder, narrow: { folder, files, width } }.
// Without screens: what each engine shows of every document of the spine. With screens: for each of them and each shot
// a picture in the folder. With `narrow`, no engine: what extends beyond the page when these unpacked files are shown
// so wide. All requests go to this machine.

import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.xhtml': 'application/xhtml+xml', '.svg': 'image/svg+xml', '.epub': 'application/epub+zip' }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars']
const WALK = { name: 'walk', width: 820, height: 1180, background: '#ffffff', color: '#000000' }

// The number of letters without spaces, and missing pictures, of a document inside an engine
const pageFacts = document => ({
  letters: document.body.textContent.replace(/\s+/gu, '').length,
  title: document.title,
  broken: [...document.images].filter(one => !one.complete || !one.naturalWidth).map(one => one.getAttribute('src')),
  parserError: document.querySelector('parsererror') !== null,
})

// What extends beyond a page: words and pictures past its edge, and content that only scrolling sideways shows
const tooWide = () => {
  const edge = innerWidth + 0.5  // engines round to 64ths of a pixel
  const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
  const inside = element => element !== document.body && (scrolls(element) || inside(element.parentElement))
  const out = []
  const text = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  while (text.nextNode()) {
    if (inside(text.currentNode.parentElement)) continue
    for (const word of text.currentNode.data.matchAll(/\S+/gu)) {
      range.setStart(text.currentNode, word.index)
      range.setEnd(text.currentNode, word.index + word[0].length)
      if (range.getBoundingClientRect().right > edge) out.push(word[0])
    }
  }
  for (const one of document.querySelectorAll('img, svg, table, hr'))
    if (one.getBoundingClientRect().right > edge && !inside(one)) out.push(one.outerHTML.slice(0, 80))
  const scrolling = [...document.body.querySelectorAll('*')].filter(one => scrolls(one) && one.scrollWidth > one.clientWidth + 1)
  return { out, scrolling: scrolling.map(one => `${one.className}: ${one.textContent.trim().slice(0, 60)}`) }
}

const serve = (book, unpacked) => new Promise(ready => {
  const place = path => path === '/book.epub' ? book
    : path.startsWith('/unpacked/') ? join(unpacked, path.slice(10)) : join(HERE, path)
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://here').pathname))
    try {
      const data = await readFile(place(path))
      response.writeHead(200, { 'Content-Type': KINDS[extname(path)] ?? 'application/octet-stream' }).end(data)
    } catch {
      response.writeHead(404).end()
    }
  })
  server.listen(0, '127.0.0.1', () => ready(server))
})

const opened = async (browser, address, engine, screen) => {
  const page = await browser.newPage()
  const problems = []
  page.on('pageerror', problem => problems.push(String(problem)))
  page.on('requestfailed', request => problems.push(`not loaded: ${request.url()}`))
  page.on('response', one => one.status() >= 400 && !one.url().endsWith('favicon.ico') && problems.push(`${one.status()} ${one.url()}`))
  await page.setViewport({ width: screen.width, height: screen.height, deviceScaleFactor: 1 })
  // Reading systems report a dark background to a book in this way
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: screen.dark ? 'dark' : 'light' }])
  await page.goto(`${address}/${engine}.html`)
  await page.waitForFunction('window.reader')
  await page.evaluate(`window.pageFacts = ${pageFacts}`)
  const spine = await page.evaluate(ground => window.reader.open(ground), screen)
  return { page, spine, problems }
}

const walked = async (browser, address, engine) => {
  const { page, spine, problems } = await opened(browser, address, engine, WALK)
  const documents = []
  for (const href of spine) {
    await page.evaluate(where => window.reader.show(where), href)
    documents.push({ href, ...await page.evaluate(() => window.reader.facts()) })
  }
  await page.close()
  return { documents, problems }
}

const painted = async (browser, address, engine, screen, job) => {
  const { page, problems } = await opened(browser, address, engine, screen)
  const pictures = []
  for (const shot of job.shots) {
    await page.evaluate(where => window.reader.show(where), shot.href)
    if (shot.note && !await page.evaluate(() => window.reader.note())) continue
    const path = join(job.folder, `${shot.name}-${engine}-${screen.name}.png`)
    await page.screenshot({ path })
    pictures.push(path)
  }
  await page.close()
  return { pictures, problems }
}

const measured = async (browser, address, narrow) => {
  const page = await browser.newPage()
  await page.setViewport({ width: narrow.width, height: 640 })
  const found = {}
  for (const file of narrow.files) {
    await page.goto(`${address}/unpacked/${file}`)
    found[file] = await page.evaluate(tooWide)
  }
  await page.close()
  return found
}

let input = ''
for await (const piece of process.stdin) input += piece
const job = JSON.parse(input)
const server = await serve(job.book, job.narrow?.folder)
const address = `http://127.0.0.1:${server.address().port}`
const browser = await puppeteer.launch({ executablePath: job.browser, userDataDir: job.profile, args: FLAGS })
try {
  const facts = {}
  if (job.narrow) facts.narrow = await measured(browser, address, job.narrow)
  for (const engine of job.narrow ? [] : job.engines) {
    facts[engine] = job.screens.length ? { documents: [], problems: [] } : await walked(browser, address, engine)
    facts[engine].pictures = []
    for (const screen of job.screens) {
      const { pictures, problems } = await painted(browser, address, engine, screen, job)
      facts[engine].pictures.push(...pictures)
      facts[engine].problems.push(...problems)
    }
  }
  process.stdout.write(JSON.stringify(facts))
} finally {
  await browser.close()
  server.close()
}
