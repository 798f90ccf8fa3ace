import { Disposable, EventEmitter, languages, window, workspace } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { loadSession } from './load-session.js';
import type { Session } from './session.js';

/** Also the id of the panel, by which VS Code brings it back. */
const viewType = 'rustCi.history';
const setting = 'rustCi.history.codeLens';

/** Benchmarks one can trust, releases one can see: the panel, and what stands over benchmarks in the code. */
export const history: Feature = (context, { github }) => {
  const changed = new EventEmitter<void>();
  let session: Session | undefined;
  let disposed = false;
  const load = async () => {
    const { Session } = await loadSession();
    if (disposed) throw new Error('The extension has been switched off.');
    if (session) return session;
    session = new Session(context, github);
    session.onDidChange(() => {
      changed.fire();
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
