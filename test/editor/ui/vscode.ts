import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../../scripts/root.mjs';
import { copySample } from '../../../scripts/sample.mjs';
import { startBrowser, startServer } from '../../../scripts/vscode/served.mjs';
import { useWebHost } from './web-host.js';

/** The themes that pictures are taken in. */
export const themes = {
  dark: { setting: 'Default Dark Modern', file: 'dark_modern' },
  light: { setting: 'Default Light Modern', file: 'light_modern' },
  contrast: { setting: 'Default High Contrast', file: 'hc_black' },
  contrastLight: { setting: 'Default High Contrast Light', file: 'hc_light' },
} as const;

export type Theme = keyof typeof themes;

export interface Options {
  /** VS Code 1.139 or 1.100. Default: current. */
  readonly edition?: 'current' | 'oldest';
  /** Default: dark. */
  readonly theme?: Theme;
  /** Whether the workspace opens in Restricted Mode. Default: false. */
  readonly restricted?: boolean;
  /** Where the extension runs: in Node on the server, or in a web worker as on vscode.dev. Default: node. */
  readonly host?: 'node' | 'web';
  /** User-like settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder or .code-workspace file to open; null: an empty window. Default: a fresh copy of the sample project. */
  readonly workspace?: string | null;
  /** What the extension host's environment gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** The manifests of other extensions that are installed. */
  readonly extensions?: readonly object[];
}

/** Starts a served VS Code with the extension and a browser that looks at it. Close it in `after`. */
export async function openVscode(options: Options = {}): Promise<Vscode> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const folder = options.workspace === undefined ? await sampleFolder(undo) : options.workspace;
    const theme = options.theme ?? 'dark';
    const server = await startServer({
      edition: options.edition ?? 'current',
      settings: { 'workbench.colorTheme': themes[theme].setting, ...options.settings },
      restricted: options.restricted ?? false,
      env: { ...options.env },
      extensions: options.extensions ?? [],
    });
    undo.push(server.stop);
    const browser: Browser = await startBrowser();
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    const context = page.context();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const asked = options.host === 'web' ? await useWebHost(page, server.address) : new Set<string>();
    const extension = options.host === 'web' ? {} : { extension: root };
    await page.goto(server.url({ ...extension, ...(folder === null ? {} : { workspace: folder }) }));
    const vscode = new Vscode(page, folder ?? '', theme, asked, server.writeSettings, close);
    open.add(vscode);
    undo.push(() => Promise.resolve(open.delete(vscode)));
    await vscode.ready();
    return vscode;
  } catch (error) {
    await photograph('opening');
    await close();
    throw error;
  }
}

const open = new Set<Vscode>();

// A failed check leaves a picture of every open window in artifacts/failures.
afterEach(async function () {
  const test = this.currentTest;
  if (test?.state !== 'failed') return;
  await photograph(test.fullTitle().replace(/[^\w]+/g, '-'));
});

async function photograph(name: string): Promise<void> {
  for (const [index, { page }] of [...open].entries()) {
    await page.screenshot({ path: join(root, 'artifacts/failures', `${name}-${index}.png`) });
  }
}

async function sampleFolder(undo: (() => Promise<unknown>)[]): Promise<string> {
  const sample = await copySample();
  undo.push(sample.remove);
  return sample.folder;
}

/** What a person does in VS Code, and what they see. */
export class Vscode {
  readonly #theme: Theme;
  readonly #writeSettings: (more: Record<string, unknown>) => Promise<void>;
  /** The workbench's page, for what has no method here. */
  readonly page: Page;
  /** The opened folder on disk; empty in an empty window. */
  readonly folder: string;
  /** The files of the extension that the web worker extension host has asked for by now; none with the other host. */
  readonly asked: ReadonlySet<string>;
  /** Ends browser and server and removes the copied project. */
  readonly close: () => Promise<void>;

  constructor(
    page: Page,
    folder: string,
    theme: Theme,
    asked: ReadonlySet<string>,
    writeSettings: (more: Record<string, unknown>) => Promise<void>,
    close: () => Promise<void>,
  ) {
    this.page = page;
    this.folder = folder;
    this.#theme = theme;
    this.asked = asked;
    this.#writeSettings = writeSettings;
    this.close = close;
  }

  /** Resolves when the workbench stands and its extension host has begun to work. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 120_000 });
    // The palette lists a command only once VS Code has read the manifests, and with them this view container.
    await this.activityBarItem('Rust CI').waitFor({ timeout: 120_000 });
    await this.#themed(this.#theme).waitFor({ timeout: 120_000 });
  }

  /** Presses keys as Playwright names them: `Enter`, `Escape`, `Control+Z`. */
  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  /** Types into what has the focus. */
  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Runs a command by its title in the palette, `Rust CI: Scaffold Rust CI` for example. Rejects when it is not offered. */
  async command(title: string): Promise<void> {
    await this.openPalette(title);
    await this.pick(title).click();
    // Off what the command opens, where it would show a tooltip.
    await this.page.mouse.move(640, 700);
  }

  /** Opens the palette and types a filter; what is offered is in `picks()`. */
  async openPalette(filter: string): Promise<void> {
    await this.press('F1');
    const input = this.quickInput.locator('input[type="text"]').first();
    await input.waitFor();
    await input.fill(`>${filter}`);
  }

  /** The quick pick or input box that is open. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** A row of the open quick pick by its exact label. */
  pick(label: string): Locator {
    const exact = this.page.locator('.label-name', { hasText: new RegExp(`^${escape(label)}$`) });
    return this.quickInput.locator('.monaco-list-row', { has: exact }).first();
  }

  /** The labels of the rows of the open quick pick, once there are any. */
  async picks(): Promise<string[]> {
    const rows = this.quickInput.locator('.monaco-list-row');
    await rows.first().waitFor();
    return rows.locator('.quick-input-list-label .label-name, .quick-input-list-rows .label-name').allInnerTexts();
  }

  /** The title line of the open quick pick or input box. */
  async quickTitle(): Promise<string> {
    const title = this.quickInput.locator('.quick-input-title');
    await title.waitFor();
    return title.innerText();
  }

  /** Waits until a quick pick with this title is open. */
  async quickPick(title: string): Promise<void> {
    await this.quickInput.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  /**
   * A notification that contains `text`, once it is there. Under the test driver VS Code shows no toasts, and notifications
   * hide by themselves after a while, so their centre is opened as often as needed.
   */
  async notification(text: string, seconds = 60): Promise<Locator> {
    const center = this.page.locator('.notifications-center.visible');
    const item = this.page.locator('.notification-list-item:visible', { hasText: text }).first();
    await eventually(
      `there is a notification "${text}"`,
      async () => {
        if (await item.isVisible()) return true;
        if (!(await center.isVisible())) await this.page.locator('[id="status.notifications"]').click();
        // Off the bell, whose tooltip would cover the buttons.
        await this.page.mouse.move(640, 400);
        await this.page.waitForTimeout(500);
        return item.isVisible();
      },
      seconds,
    );
    return item;
  }

  /** Clicks a button of a notification. */
  async answer(text: string, button: string): Promise<void> {
    const found = await this.notification(text);
    await found.getByRole('button', { name: button, exact: true }).click();
  }

  /** A modal dialog that contains `text`, once it is shown. */
  async dialog(text: string): Promise<Locator> {
    const found = this.page.locator('.monaco-dialog-box', { hasText: text });
    await found.waitFor();
    return found;
  }

  /** The names of the open editors' tabs. */
  async tabs(): Promise<string[]> {
    const tabs = await this.page.locator('.tabs-container .tab').all();
    return Promise.all(tabs.map(async (tab) => (await tab.getAttribute('aria-label')) ?? ''));
  }

  /** The tab of a file by its name, or of another editor by its title. */
  tab(name: string): Locator {
    const label = this.page.locator('.tab-label', { hasText: new RegExp(`^${escape(name)}$`) });
    return this.page
      .locator('.tabs-container .tab', { has: label })
      .or(this.page.locator(`.tab[data-resource-name="${name}"]`))
      .first();
  }

  /** The paths of the files in the open multi-diff editor, relative to the folder, as far as they are drawn. */
  async multiDiffFiles(): Promise<string[]> {
    const titles = this.page.locator('.multiDiffEditor .multiDiffEntry:visible .title.modified .monaco-icon-label');
    await titles.first().waitFor();
    const paths = await Promise.all((await titles.all()).map((title) => title.getAttribute('aria-label')));
    return paths.map((path) => (path ?? '').replace(`${this.folder}/`, ''));
  }

  /** A button in the title bar of the active editor, by its tooltip or label. */
  editorAction(label: string): Locator {
    return this.page.locator('.editor-group-container.active .editor-actions').getByRole('button', { name: label });
  }

  /** Opens a file of the workspace by its name, through Quick Open. */
  async openFile(name: string): Promise<void> {
    await this.press('Control+P');
    const input = this.quickInput.locator('input[type="text"]').first();
    await input.waitFor();
    await input.fill(name);
    const file = name.slice(name.lastIndexOf('/') + 1);
    await this.pick(file).waitFor();
    await this.press('Enter');
    await this.tab(file).waitFor();
  }

  /** The visible text of the active editor. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .view-lines').first();
    await lines.waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  /** Opens a view container of the activity bar by its title. */
  async openSidebar(title: string): Promise<void> {
    const item = this.activityBarItem(title);
    if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
    // Off the item, whose tooltip would cover the sidebar.
    await this.page.mouse.move(640, 400);
    await this.sidebar.locator('.composite.title', { hasText: title }).waitFor();
  }

  /** An item of the activity bar by the start of its title. */
  activityBarItem(title: string): Locator {
    return this.page.locator('.activitybar li[role="tab"]', { has: this.page.locator(`a[aria-label^="${title}"]`) });
  }

  /** The sidebar. */
  get sidebar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The innermost frame of the webview that is open. */
  get webview(): FrameLocator {
    return this.page.locator('iframe.webview.ready').first().contentFrame().frameLocator('#active-frame');
  }

  /** The text of the status bar. */
  async statusBar(): Promise<string> {
    return this.page.locator('.part.statusbar').innerText();
  }

  /**
   * Takes pictures into artifacts/screenshots/NAME-THEME.png, with what is open kept open.
   * @param wanted the themes to take it in; default: the one the window has
   */
  async screenshot(name: string, wanted: readonly Theme[] = [this.#theme]): Promise<void> {
    const folder = join(root, 'artifacts/screenshots');
    await mkdir(folder, { recursive: true });
    for (const theme of wanted) {
      await this.#show(theme);
      await this.page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
    }
    if (wanted.some((theme) => theme !== this.#theme)) await this.#show(this.#theme);
  }

  #themed(theme: Theme): Locator {
    return this.page.locator(`.monaco-workbench.vscode-theme-defaults-themes-${themes[theme].file}-json`);
  }

  async #show(theme: Theme): Promise<void> {
    await eventually(`the theme is ${theme}`, async () => {
      if (!(await this.#themed(theme).isVisible())) {
        // The server can miss a change of its settings file while it is busy, so it may be written more than once.
        await this.#writeSettings({ 'workbench.colorTheme': themes[theme].setting });
      }
      // Let colours, fonts, icons and transitions settle, so that the picture shows what a person would see.
      await this.page.waitForTimeout(700);
      return this.#themed(theme).isVisible();
    });
  }
}

/** Waits until `check` is true; rejects with `what` when it does not become so. */
export async function eventually(what: string, check: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`After ${seconds} seconds still not so: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
