import { Disposable, EventEmitter, l10n, languages, ThemeIcon, window, workspace } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import type { LazyChildren, Row } from '../tree/row.js';
import { loadSession } from './load-session.js';
import type { Session } from './session.js';

/** Also the id of the panel, by which VS Code brings it back. */
const viewType = 'rustCi.history';
const setting = 'rustCi.history.codeLens';

/** Benchmarks one can trust, releases one can see: the panel, and what stands over benchmarks in the code. */
export const history: Feature = (context, { github, details }) => {
  const changed = new EventEmitter<void>();
  let session: Session | undefined;
  let version = 0;
  let disposed = false;
  const load = async () => {
    const { Session } = await loadSession();
    if (disposed) throw new Error('The extension has been switched off.');
    if (session) return session;
    session = new Session(context, github);
    session.onDidChange(() => {
      version++;
      changed.fire();
      details.changed();
    });
    return session;
  };
  return Disposable.from(
    changed,
    registerCommands({
      'rustCi.showHistory': async (wish?: unknown) => (await load()).show(wish),
      'rustCi.compareBenchmarks': async () => (await load()).show({ tab: 'benchmarks', compare: true }),
    }),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel) => {
        await (await load()).restore(panel);
      },
    }),
    details.provide({
      gate: ({ root }, { id }) =>
        id === 'benchmarks' ? [knownRow({ version, load: async () => (await load()).benchmarks(root) })] : [],
    }),
    languages.registerCodeLensProvider(
      { language: 'rust', pattern: '**/bench{es,}/**/*.rs' },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses: async (document) =>
          workspace.getConfiguration(undefined, document.uri).get<boolean>(setting, true)
            ? (await load()).lenses(document)
            : [],
      },
    ),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) changed.fire();
    }),
    new Disposable(() => {
      disposed = true;
      session?.dispose();
    }),
  );
};

/** The row below the gate under which the benchmarks stand. */
const knownRow = (children: LazyChildren): Row => ({
  id: 'gates/benchmarks/known',
  label: l10n.t('What is known of each'),
  icon: new ThemeIcon('graph-line'),
  command: { command: 'rustCi.showHistory', title: l10n.t('Show History'), arguments: [{ tab: 'benchmarks' }] },
  children,
});
