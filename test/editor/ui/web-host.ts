import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/root.mjs';

/** Where the extension is served: on the workbench's own origin, because its content security policy allows no other. */
const folder = '/extension-under-test';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
};

/**
 * Has the page load the extension into the web worker extension host, where neither Node nor `file:` exist.
 * @returns the files of the extension that the page has asked for by now
 */
export async function useWebHost(page: Page, address: string): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  await page.route(`${address}${folder}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(folder.length);
    asked.add(path);
    const body = await readFile(join(root, path)).catch(() => undefined);
    const contentType = types[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';
    await route.fulfill(body === undefined ? { status: 404 } : { body, contentType });
  });
  await page.route(
    (url) => url.origin === address && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const body = withDevelopedExtension(html, new URL(address).host);
      if (body === html) throw new Error('The page of the workbench has no settings to change.');
      await route.fulfill({ response, body });
    },
  );
  return asked;
}

/** The workbench reads its options from an attribute of its page. */
function withDevelopedExtension(html: string, authority: string): string {
  const attribute = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;
  return html.replace(attribute, (_, start: string, settings: string) => {
    const options = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as object;
    const extensions = [{ scheme: 'http', authority, path: folder }];
    const changed = JSON.stringify({ ...options, developmentOptions: { extensions } });
    return `${start}${changed.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  });
}
